// Picks the command, catches, chooses the exit code: 0 done, 1 not healthy or our own fault, 2 called wrongly.
#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <variant>
#include <vector>

#include <unistd.h>

#include "server/app/engine.h"
#include "server/app/healthcheck.h"
#include "server/app/options.h"
#include "server/app/server.h"
#include "server/fixtures/fixture_loader.h"
#include "storage/sqlite/error.h"
#include "storage/store.h"

namespace {

using plocal::app::Options;
using plocal::fixtures::Reading;
using plocal::telemetry::Level;

constexpr int success = 0;
constexpr int failure = 1;
constexpr int called_wrongly = 2;

void complain(const std::string& text) {
    std::fprintf(stderr, "personalize-local: %s\n", text.c_str());
}

/// Reads all fixtures; prints every problem. Returns whether there was none.
bool read_fixtures(Reading& reading, const Options& options, const std::vector<std::string>& paths,
                   plocal::storage::Instant now) {
    for (const std::string& path : paths) {
        plocal::fixtures::read_path(reading, path, options.settings.plan, now);
    }
    if (!options.fixtures_json.empty()) {
        plocal::fixtures::read_document(reading, "--fixtures-json", options.fixtures_json, options.settings.plan, now);
    }
    plocal::fixtures::settle(reading);
    for (const auto& problem : reading.problems) complain(problem.text());
    return reading.problems.empty();
}

int check_fixtures(Options options) {
    Reading reading;
    if (!read_fixtures(reading, options, options.paths, options.clock.now())) return called_wrongly;
    plocal::storage::Store store(":memory:");
    for (const std::string& note : plocal::fixtures::load(store, reading.fixtures))
        std::printf("note: %s\n", note.c_str());
    std::printf("%zu resources, all as they must be\n", reading.fixtures.size());
    return success;
}

int serve(Options options) {
    plocal::telemetry::Log log(options.log_level, options.log_format);
    for (const std::string& note : options.notes) log.write(Level::info, "note", {{"text", note}});
    Reading reading;
    if (!read_fixtures(reading, options, options.fixtures, options.clock.now())) return called_wrongly;
    plocal::storage::Store store(options.database);
    for (const std::string& note : plocal::fixtures::load(store, reading.fixtures)) {
        log.write(Level::warn, "fixtures", {{"text", note}});
    }
    plocal::app::Engine engine({.settings = options.settings,
                                .clock = options.clock,
                                .is_clock_given = options.is_clock_given,
                                .journal_capacity = options.journal_capacity},
                               store, log);
    plocal::app::serve(options, engine, store, log);
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
            return plocal::app::is_healthy(options) ? success : failure;
        case plocal::app::Command::check_fixtures:
            return check_fixtures(options);
        case plocal::app::Command::serve:
            break;
    }
    return serve(options);
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);  // a reader of our output that goes away must not end us
    std::vector<std::string> environment;
    for (char** entry = environ; *entry != nullptr; ++entry) environment.emplace_back(*entry);
    try {
        return run({argv + 1, argv + argc}, environment);
    } catch (const plocal::app::UsageError& error) {
        complain(error.what());
        return called_wrongly;
    } catch (const plocal::storage::sqlite::OpenError& error) {
        complain(error.what());
        return called_wrongly;
    } catch (const std::exception& error) {
        complain(error.what());
        return failure;
    }
}
