// fill FILE COUNT: creates a database with COUNT jobs, and a table for the bare server that maps request body to
// answer.
#include <cstdio>
#include <cstdlib>
#include <string>

#include <sqlite3.h>

#include "server/app/engine/engine.h"
#include "tests/bench/jobs.h"

namespace {

using plocal::bench::describe_body;

std::string answer(plocal::engine::Engine& engine, const std::string& body) {
    plocal::protocol::Request request{.method = "POST", .target = "/", .headers = {}, .body = body};
    request.headers = {{"content-type", "application/x-amz-json-1.1"},
                       {"x-amz-target", "AmazonPersonalize.DescribeBatchInferenceJob"}};
    return std::get<plocal::protocol::Response>(engine.answer(request)).body;
}

void fill_answers(const std::string& file, plocal::engine::Engine& engine, int count) {
    sqlite3* database = nullptr;
    sqlite3_stmt* insert = nullptr;
    sqlite3_open(file.c_str(), &database);
    sqlite3_exec(database,
                 "PRAGMA journal_mode = WAL; BEGIN; CREATE TABLE answer (body TEXT PRIMARY KEY, json TEXT NOT NULL) "
                 "WITHOUT ROWID",
                 nullptr, nullptr, nullptr);
    sqlite3_prepare_v2(database, "INSERT INTO answer (body, json) VALUES (?, ?)", -1, &insert, nullptr);
    for (int i = 0; i < count; ++i) {
        const std::string body = describe_body(i);
        const std::string json = answer(engine, body);
        sqlite3_bind_text(insert, 1, body.data(), static_cast<int>(body.size()), SQLITE_TRANSIENT);
        sqlite3_bind_text(insert, 2, json.data(), static_cast<int>(json.size()), SQLITE_TRANSIENT);
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
    sqlite3_close(database);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: fill FILE COUNT\n", stderr);
        return 2;
    }
    const std::string file = argv[1];
    const int count = std::atoi(argv[2]);
    plocal::storage::Store store(file);
    plocal::bench::fill(store, count);
    plocal::base::Log log(plocal::base::Level::off, plocal::base::Format::text);
    plocal::engine::Engine engine({}, store, log);
    fill_answers(file + ".answers", engine, count);
    return 0;
}
