#include "server/service/jobs/inference_job.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/json.h"
#include "server/model/api_error.h"
#include "server/model/render.h"
#include "server/service/jobs/batch_job.h"
#include "server/service/recommender/theme.h"
#include "server/service/runtime/batch.h"

namespace plocal::jobs {
namespace {

using base::Json;
using runtime::BatchAnswer;
using Moment = std::chrono::steady_clock::time_point;

/// No line is prepared later in one task of the world.
constexpr std::chrono::microseconds task_time(1200);

void append_input(const Json& value, std::string& out) {
    out += R"({"input":)" + base::json_text(value);
}

template <typename Values, typename Append>
void append_list(std::string_view name, const Values& values, std::string& out, Append append) {
    out.append(1, '"').append(name).append("\":[");
    const char* separator = "";
    for (const auto& value : values) {
        out += separator;
        append(value);
        separator = ",";
    }
    out += ']';
}

void append_items(const std::vector<std::string_view>& items, std::string& out) {
    append_list("recommendedItems", items, out, [&out](const auto& id) { model::append_json_text(id, out); });
}

void append_numbers(std::string_view name, const std::vector<double>& numbers, std::string& out) {
    append_list(name, numbers, out, [&out](double number) { out += model::java_double(number); });
}

void append_theme(const BatchAnswer& answer, std::string& out) {
    const recommender::Theme theme = recommender::find_theme(answer.names);
    std::vector<std::string_view> items;
    std::vector<double> relevances;
    for (const std::size_t place : theme.order) {
        items.push_back(answer.items[place]);
        relevances.push_back(theme.relevances[place]);
    }
    append_items(items, out);
    out += R"(,"theme":)";
    model::append_json_text(theme.text, out);
    out += ',';
    append_numbers("itemsThemeRelevanceScores", relevances, out);
}

class InferenceAnswers : public LineAnswers {
public:
    InferenceAnswers(const JobWorld& world, runtime::BatchSettings settings, std::vector<std::string> unused)
        : world_(world), settings_(std::move(settings)), unused_(std::move(unused)) {}

    InputLimits limits(JobContext& context) const override {
        return find_limits(world_, context, settings_.account, "batchInputFiles", "batchInputBytes");
    }

    std::size_t most_lines() const override { return 64; }

    SliceEnd answer(JobContext& context, std::vector<BatchInput>& lines, s3::ObjectWriter& out) override {
        for (const std::string& member : unused_) add_detail(context, member + " is not used");
        while (prepared_.size() < lines.size()) {
            std::optional<runtime::NotMade> missing;
            const auto task = [&](storage::Store& store) { missing = prepare_some(store, lines); };
            if (!context.run_in_world(task)) return SliceEnd::aborted;
            if (!missing) continue;
            if (missing->is_made_by_job) pause_for_model();
            return SliceEnd::unfinished;
        }
        if (write_some(context, lines, out)) return SliceEnd::unfinished;
        prepared_.clear();
        written_ = 0;
        return SliceEnd::done;
    }

private:
    /// Prepares lines for a while, on the thread that owns the world. Returns what has to be made first, or nothing.
    std::optional<runtime::NotMade> prepare_some(storage::Store& store, std::vector<BatchInput>& lines) {
        std::optional<runtime::NotMade> result;
        world_.with_context([&](resources::Context& context, runtime::Runtime& runtime) {
            const Moment end = std::chrono::steady_clock::now() + task_time;
            try {
                do {
                    prepare(context, runtime, lines[prepared_.size()]);
                } while (prepared_.size() < lines.size() && std::chrono::steady_clock::now() < end);
            } catch (const runtime::NotMade& missing) {
                result = missing;
                if (!missing.is_made_by_job) runtime.make(store, missing, end);
            }
        });
        return result;
    }

    void prepare(resources::Context& context, runtime::Runtime& runtime, BatchInput& line) {
        std::optional<runtime::PreparedLine> prepared;
        try {
            if (line.error.empty()) prepared.emplace(context, runtime.memory(), settings_, line.value);
        } catch (const model::ApiError& error) {
            line.error = error.message();
        }
        prepared_.push_back(std::move(prepared));
    }

    /// Computes and writes lines for some milliseconds, off the world. Returns false once all are written.
    bool write_some(JobContext& context, const std::vector<BatchInput>& lines, s3::ObjectWriter& out) {
        const Moment end = std::chrono::steady_clock::now() + std::chrono::milliseconds(5);
        std::string text;
        do {
            const std::optional<runtime::PreparedLine>& line = prepared_[written_];
            const BatchAnswer answer = line ? line->answer() : BatchAnswer();
            append_line(lines[written_], answer, text);
            if (answer.is_made_up) add_detail(context, "made up: the dataset group has no rows");
        } while (++written_ < lines.size() && std::chrono::steady_clock::now() < end);
        out.write(text);
        return written_ < lines.size();
    }

    void append_line(const BatchInput& line, const BatchAnswer& answer, std::string& out) const {
        append_input(line.value, out);
        if (!line.error.empty()) {
            out += R"(,"error":)";
            model::append_json_text(line.error, out);
            out += "}\n";
            return;
        }
        out += R"(,"output":{)";
        if (settings_.name_column.empty()) {
            append_items(answer.items, out);
        } else {
            append_theme(answer, out);
        }
        if (answer.scores) {
            out += ',';
            append_numbers("scores", *answer.scores, out);
        }
        out += "},\"error\":null}\n";
    }

    const JobWorld& world_;
    const runtime::BatchSettings settings_;
    const std::vector<std::string> unused_;                       // members of the configuration
    std::vector<std::optional<runtime::PreparedLine>> prepared_;  // the first lines; nothing for one with an error
    std::size_t written_ = 0;                                     // of them
};

}  // namespace

Job inference_job(const JobWorld& world, const storage::Record& record) {
    const Json document = base::parse_json(record.document);
    const Json config = document.value("batchInferenceJobConfig", Json::object());
    std::vector<std::string> unused;
    for (const char* const member : {"itemExplorationConfig", "rankingInfluence"}) {
        if (config.contains(member)) unused.emplace_back(member);
    }
    return batch_job(world.objects, record,
                     std::make_shared<InferenceAnswers>(world, runtime::batch_settings(record), std::move(unused)));
}

}  // namespace plocal::jobs
