// Measures batch inference of 100,000 users beside GetRecommendations for the same users, in turns and each on one
// thread: the stages of the work without the gate. Compare only ratios.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "server/app/engine/engine.h"
#include "server/app/job_makers.h"
#include "server/base/json.h"
#include "server/service/jobs/queue.h"
#include "server/service/s3/folder_store.h"
#include "tests/bench/film_world.h"

namespace {

using plocal::base::Json;
using plocal::bench::arn;
using plocal::bench::user_count;
using plocal::protocol::Request;
using plocal::protocol::Response;
namespace control = plocal::control;
namespace jobs = plocal::jobs;

constexpr int line_count = 100'000;
constexpr int request_count = 20'000;
constexpr int rounds = 3;

/// What the process took of the processor, so that other work of the machine matters less.
double seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

plocal::world::WorldConfig config() {
    plocal::world::WorldConfig config;
    config.settings.plan.progression = plocal::lifecycle::Progression::immediate;
    config.settings.working_kinds = plocal::app::working_kinds(true);
    config.documents.emplace_back("world.json", plocal::bench::film_world().dump());
    return config;
}

class Server {
public:
    explicit Server(const std::filesystem::path& folder) : objects_(folder) {
        queue_.connect({[this](const jobs::WorldTask& task) {
                            task(store_);
                            engine_.work().begin_models();
                            return true;
                        },
                        [this](const jobs::JobEnd& end) { engine_.work().finish(end); }, [] {}});
        engine_.work().connect(queue_);
    }

    /// The body of an answer; models and jobs are made on the way.
    std::string answer(const Request& request) {
        control::Reply reply = engine_.answer(request);
        while (const auto* const waiting = std::get_if<control::Waiting>(&reply)) {
            run();
            reply = engine_.check(request, control::Waiting(*waiting), false);
        }
        return std::get<Response>(reply).body;
    }

    std::string call(const std::string& operation, const Json& input) {
        const std::string body = input.dump();
        const std::string target = "AmazonPersonalize." + operation;
        Request request{.method = "POST", .target = "/", .headers = {}, .body = body};
        request.headers = {{"content-type", "application/x-amz-json-1.1"}, {"x-amz-target", target}};
        return answer(request);
    }

    void run() {
        while (queue_.run_slice()) continue;
    }

private:
    plocal::base::Log log_{plocal::base::Level::off, plocal::base::Format::text};
    plocal::storage::Store store_{":memory:"};
    plocal::engine::Engine engine_{config(), store_, log_};
    plocal::s3::FolderStore objects_;
    jobs::Queue queue_{plocal::app::job_makers(engine_, &objects_), {.threads = 0}};
};

std::string user(int number) {
    return "user-" + std::to_string(number % user_count);
}

/// Requests a second.
double request_rate(Server& server, const std::string& campaign, const Json& more) {
    const double began = seconds();
    for (int i = 0; i < request_count; ++i) {
        Json input = {{"campaignArn", arn("campaign/" + campaign)}, {"userId", user(i)}, {"itemId", "item-7"}};
        input.update(more);
        const std::string body = input.dump();
        const Request request{.method = "POST",
                              .target = "/recommendations",
                              .headers = {{"content-type", "application/json"}},
                              .body = body};
        server.answer(request);
    }
    return request_count / (seconds() - began);
}

/// Lines a second.
double line_rate(Server& server, const std::string& solution, const Json& more) {
    static int job = 0;
    const std::string name = "job-" + std::to_string(++job);
    Json input = {{"jobName", name},
                  {"solutionVersionArn", arn("solution/" + solution + "/1")},
                  {"jobInput", {{"s3DataSource", {{"path", "s3://bucket/users.json"}}}}},
                  {"jobOutput", {{"s3DataDestination", {{"path", "s3://bucket/out/"}}}}},
                  {"roleArn", "arn:aws:iam::000000000000:role/personalize"}};
    input.update(more);
    const double began = seconds();
    server.call("CreateBatchInferenceJob", input);
    server.run();
    const double took = seconds() - began;
    const std::string described =
        server.call("DescribeBatchInferenceJob", {{"batchInferenceJobArn", arn("batch-inference-job/" + name)}});
    if (described.find(R"("status":"ACTIVE")") == std::string::npos) {
        std::printf("%s\n", described.c_str());
        std::exit(1);
    }
    return line_count / took;
}

void write_lines(plocal::s3::ObjectStore& objects) {
    const auto writer = objects.write({"bucket", "users.json"}, {});
    std::string lines;
    for (int i = 0; i < line_count; ++i) lines += R"({"userId":")" + user(i) + R"(","itemId":"item-7"})" + "\n";
    writer->write(lines);
    writer->finish();
}

}  // namespace

int main() {
    std::string folder = (std::filesystem::temp_directory_path() / "plocal-batches-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) return 1;
    std::filesystem::create_directory(folder + "/bucket");
    {
        plocal::s3::FolderStore objects(folder);
        write_lines(objects);
        Server server(folder);
        const Json filtered = {{"filterArn", arn("filter/bought")}};
        for (const auto& [name, campaign, more] :
             {std::tuple("personal", "personal", Json::object()), std::tuple("popular", "popular", Json::object()),
              std::tuple("sims", "sims", Json::object()), std::tuple("personal, filtered", "personal", filtered)}) {
            request_rate(server, campaign, more);  // makes what both need
            std::vector<std::pair<double, double>> ratios;
            for (int round = 0; round < rounds; ++round) {
                const double requests = request_rate(server, campaign, more);
                const double lines = line_rate(server, campaign, more);
                ratios.emplace_back(lines / requests, lines);
            }
            std::ranges::sort(ratios);
            const auto& [ratio, lines] = ratios[ratios.size() / 2];
            std::printf("batch inference, %s: %.0f lines/s, %.2f times GetRecommendations (target 0.5 or more)\n", name,
                        lines, ratio);
        }
    }
    std::filesystem::remove_all(folder);
    return 0;
}
