// Runs the command, reports every error, and chooses the exit code: 0 done, 1 not ready, nothing captured or a fault of
// the program, 2 called wrongly, 3 captured with something missing.
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <future>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

#include "server/app/capture.h"
#include "server/app/certificates.h"
#include "server/app/command_line.h"
#include "server/app/engine/engine.h"
#include "server/app/engine/tables.h"
#include "server/app/fixture_check.h"
#include "server/app/healthcheck.h"
#include "server/app/job_makers.h"
#include "server/app/object_store.h"
#include "server/app/options.h"
#include "server/app/server.h"
#include "server/local/snapshot/document_files.h"
#include "server/local/world/world.h"
#include "server/wire/signing/credentials.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/error.h"
#include "storage/store.h"

namespace {

using plocal::app::Options;
using plocal::base::Level;
using plocal::world::WorldConfig;

constexpr int success = 0;
constexpr int failure = 1;
constexpr int called_wrongly = 2;
constexpr int incomplete = 3;

void print_error(const std::string& text) {
    std::fprintf(stderr, "personalize-local: %s\n", text.c_str());
}

int refuse(const plocal::world::BadDocuments& bad) {
    for (const auto& problem : bad.problems()) print_error(problem.text());
    return called_wrongly;
}

/// The folder for texts that are too long for memory: that of the database, or the system's for temporary files.
std::filesystem::path spool_folder(const Options& options) {
    if (options.database != plocal::storage::sqlite::in_memory) {
        const std::filesystem::path folder = std::filesystem::path(options.database).parent_path();
        return folder.empty() ? "." : folder;
    }
    std::error_code error;
    const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
    return error ? "/tmp" : folder;
}

/// The world that the options describe. If a document has problems, prints all of them and returns nothing.
std::optional<WorldConfig> read_world_config(const Options& options, const std::vector<std::string>& paths) {
    WorldConfig config{.settings = options.settings,
                       .clock = options.clock,
                       .is_clock_given = options.is_clock_given,
                       .journal_capacity = options.journal_capacity,
                       .documents = {},
                       .accounts = options.fixtures_for,
                       .spool_place = {.folder = spool_folder(options)}};
    config.settings.working_kinds = plocal::app::working_kinds(!options.s3.empty());
    std::vector<plocal::snapshot::FixtureProblem> problems;
    for (const std::string& path : paths) plocal::snapshot::read_path(config.documents, path, problems);
    if (!options.fixtures_json.empty()) config.documents.push_back({"--fixtures-json", options.fixtures_json});
    if (problems.empty()) return config;
    for (const auto& problem : problems) print_error(problem.text());
    try {
        plocal::app::check_fixtures(config);
    } catch (const plocal::world::BadDocuments& bad) {
        refuse(bad);
    }
    return std::nullopt;
}

int check_health(const Options& options) {
    const std::string fault = plocal::app::fault_of_health(options);
    if (fault.empty()) return success;
    print_error("not ready: " + fault);
    return failure;
}

int check_fixtures(const Options& options) {
    const auto config = read_world_config(options, options.paths);
    if (!config) return called_wrongly;
    const plocal::app::CheckedFixtures checked = plocal::app::check_fixtures(*config);
    for (const std::string& note : checked.notes) std::printf("note: %s\n", note.c_str());
    std::printf("%lld resources, all valid\n", static_cast<long long>(checked.resources));
    return success;
}

int capture(const Options& options) {
    const plocal::app::Captured captured = plocal::app::capture_account(options, print_error);
    if (captured.document.empty()) {
        print_error("nothing was captured");
        return failure;
    }
    const std::string& text = captured.document;
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
        print_error("the document cannot be written: " + std::generic_category().message(errno));
        return failure;
    }
    return captured.is_complete ? success : incomplete;
}

/// The accepted keys; nothing if signatures are not checked.
std::optional<plocal::signing::Credentials> read_credentials(const Options& options) {
    if (!options.is_auth_required) return std::nullopt;
    const std::string text =
        plocal::app::read_given_file("--credentials", options.credentials, "an AWS shared credentials file");
    return plocal::signing::read_credentials(text, options.credentials);
}

/// A batch job has an open file for each of its outputs. The usual limit is 1024.
void allow_open_files() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    static_cast<void>(setrlimit(RLIMIT_NOFILE, &limit));  // where it is refused, the old limit holds
}

int serve(const Options& options) {
    allow_open_files();
    plocal::app::end_on_signals();
    plocal::app::require_consistent(options);
    const std::future<void> tables = std::async(std::launch::async, plocal::engine::read_tables);
    plocal::base::Log log(options.log_level, options.log_format);
    for (const std::string& note : options.notes) log.write(Level::info, "note", {{"text", note}});
    const auto credentials = read_credentials(options);
    const auto objects = plocal::app::open_object_store(options);
    const auto config = read_world_config(options, options.fixtures);
    if (!config) return called_wrongly;
    const auto certificates = plocal::app::read_certificates(options, log);
    const bool is_new = !std::filesystem::exists(options.database);
    // A server that does not start leaves no new file behind.
    const auto remove_new = [&options, is_new] { return is_new && std::filesystem::remove(options.database); };
    try {
        plocal::storage::sqlite::use_on_one_thread_at_a_time();
        plocal::storage::Store store(options.database);
        plocal::engine::Engine engine(*config, store, log, options.access, credentials);
        plocal::app::serve(options, certificates, engine, objects.get(), store, log);
    } catch (const plocal::app::UsageError&) {
        remove_new();
        throw;
    } catch (const plocal::world::BadDocuments&) {
        remove_new();
        throw;
    }
    return success;
}

int run(const std::vector<std::string>& arguments, const std::vector<std::string>& environment) {
    const auto parsed = plocal::app::read_options(arguments, environment);
    if (const auto* const text = std::get_if<plocal::app::Text>(&parsed)) {
        std::fputs(text->text.c_str(), stdout);
        return success;
    }
    const Options& options = std::get<Options>(parsed);
    switch (options.command) {
        case plocal::app::Command::healthcheck:
            return check_health(options);
        case plocal::app::Command::check_fixtures:
            return check_fixtures(options);
        case plocal::app::Command::capture:
            return capture(options);
        case plocal::app::Command::serve:
            break;
    }
    return serve(options);
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);  // a closed pipe on stdout or stderr must not end the process
    std::vector<std::string> environment;
    for (char** entry = environ; *entry != nullptr; ++entry) environment.emplace_back(*entry);
    try {
        return run({argv + 1, argv + argc}, environment);
    } catch (const plocal::world::BadDocuments& bad) {
        return refuse(bad);
    } catch (const plocal::app::UsageError& error) {
        print_error(error.what());
        return called_wrongly;
    } catch (const plocal::signing::CredentialsError& error) {
        for (const std::string& problem : error.problems()) print_error(problem);
        return called_wrongly;
    } catch (const plocal::storage::sqlite::OpenError& error) {
        print_error(error.what());
        return called_wrongly;
    } catch (const std::exception& error) {
        print_error(error.what());
        return failure;
    }
}
