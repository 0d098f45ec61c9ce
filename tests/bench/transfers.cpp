// transfers FOLDER ROWS: imports a CSV file of interactions into a database file, as a dataset import job does, and
// exports it again. Prints the time of the import beside that of sqlite3's `.import` of the same rows into a table with
// the same schema, indexes and pragmas, the time of the export beside that of the import, and the memory that both
// took. Compare only the ratios: the times depend on the machine.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "server/app/engine/engine.h"
#include "server/base/json.h"
#include "server/service/jobs/object_jobs.h"
#include "server/service/s3/folder_store.h"
#include "storage/sqlite/database.h"

namespace {

using plocal::base::Json;
namespace jobs = plocal::jobs;
namespace storage = plocal::storage;

std::string arn(const std::string& name) {
    return "arn:aws:personalize:us-east-1:000000000000:" + name;
}

/// Writes the same interactions for both: one file with a header, one with all columns of the table.
void write_files(const std::filesystem::path& ours, const std::filesystem::path& theirs, int rows) {
    std::ofstream csv(ours);
    std::ofstream table(theirs);
    csv << "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n";
    std::uint64_t state = 1;
    for (int i = 0; i < rows; ++i) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        const std::string user = "user-" + std::to_string((state >> 33U) % 100'000);
        const std::string item = "item-" + std::to_string((state >> 20U) % 20'000);
        const std::string time = std::to_string(1'700'000'000 + i);
        const char* const type = i % 9 == 0 ? "Purchase" : "View";
        csv << user << ',' << item << ',' << time << ',' << type << '\n';
        table << "1," << time << ",1," << i << ',' << user << ',' << item << ',' << type << '\n';
    }
}

double seconds_of(const auto& part) {
    const auto begin = std::chrono::steady_clock::now();
    part();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Columns and indexes that are empty for all of these rows are left out.
double time_sqlite(const std::filesystem::path& folder) {
    const std::filesystem::path script = folder / "import.sql";
    std::ofstream(script) << "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;\n"
                             "PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 2000;\n"
                             "CREATE TABLE interaction (row_set INTEGER NOT NULL, time_s INTEGER NOT NULL,\n"
                             "batch INTEGER NOT NULL, place INTEGER NOT NULL, user_id TEXT NOT NULL,\n"
                             "item_id TEXT NOT NULL, event_type TEXT,\n"
                             "PRIMARY KEY (row_set, time_s, batch, place)) STRICT, WITHOUT ROWID;\n"
                             "CREATE INDEX by_batch ON interaction (batch, place);\n"
                             "CREATE INDEX by_user ON interaction (row_set, user_id, time_s, batch, place, item_id,\n"
                             "event_type);\n"
                             "CREATE INDEX by_item ON interaction (row_set, item_id, time_s);\n"
                             ".mode csv\n.import '"
                          << (folder / "table.csv").string() << "' interaction\n";
    const std::string command =
        "sqlite3 '" + (folder / "sqlite.db").string() + "' < '" + script.string() + "' > /dev/null";
    int code = 0;
    const double seconds = seconds_of([&] { code = std::system(command.c_str()); });
    if (code == 0) return seconds;
    std::fputs("sqlite3 has failed, or is not installed: there is nothing to compare with\n", stderr);
    std::exit(1);
}

plocal::world::WorldConfig config() {
    const auto field = [](const char* name, const char* type) { return Json{{"name", name}, {"type", type}}; };
    const Json avro = {{"type", "record"},
                       {"name", "Interactions"},
                       {"fields",
                        {field("USER_ID", "string"), field("ITEM_ID", "string"), field("TIMESTAMP", "long"),
                         field("EVENT_TYPE", "string")}}};
    const Json document = {{"schemas", {{{"schemaArn", arn("schema/views")}, {"schema", avro.dump()}}}},
                           {"datasets",
                            {{{"datasetArn", arn("dataset/films/INTERACTIONS")},
                              {"datasetGroupArn", arn("dataset-group/films")},
                              {"schemaArn", arn("schema/views")}}}}};
    plocal::world::WorldConfig config;
    config.documents.emplace_back("films.json", document.dump());
    return config;
}

class DirectContext : public jobs::JobContext {
public:
    explicit DirectContext(storage::Store& store) : store_(store) {}

    bool is_aborted() const override { return false; }
    bool run_in_world(const jobs::WorldTask& task) override {
        seconds_ += seconds_of([&] { task(store_); });
        ++tasks_;
        return true;
    }

    /// How long the world is held by a task, on average.
    double hold_ms() const { return seconds_ / tasks_ * 1'000; }

private:
    storage::Store& store_;
    double seconds_ = 0;
    int tasks_ = 0;
};

double time_job(plocal::engine::Engine& engine, const jobs::JobMakers& makers, const std::string& kind,
                const Json& document) {
    storage::Record record;
    record.kind = kind;
    record.name = "bench";
    record.owner = {"000000000000", "us-east-1"};
    record.document = document.dump();
    DirectContext context(engine.store());
    jobs::Job job = makers.at(kind)(record);
    jobs::SliceEnd end = jobs::SliceEnd::unfinished;
    const double seconds = seconds_of([&] {
        while (end == jobs::SliceEnd::unfinished) end = job(context);
    });
    std::printf("%s holds the world for %.2f ms at a time\n", kind.c_str(), context.hold_ms());
    if (end == jobs::SliceEnd::done) return seconds;
    std::fprintf(stderr, "%s: %s\n", kind.c_str(), context.failure_reason.c_str());
    std::exit(1);
}

std::int64_t resident_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) return std::atoll(line.c_str() + 6);
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: transfers FOLDER ROWS\n", stderr);
        return 2;
    }
    storage::sqlite::use_on_one_thread_at_a_time();  // as the program does
    const std::filesystem::path folder = argv[1];
    const int rows = std::atoi(argv[2]);
    std::filesystem::create_directories(folder / "bucket");
    write_files(folder / "bucket" / "views.csv", folder / "table.csv", rows);
    const double sqlite_s = time_sqlite(folder);
    plocal::base::Log log(plocal::base::Level::off, plocal::base::Format::text);
    plocal::s3::FolderStore objects(folder);
    storage::Store store((folder / "ours.db").string());
    plocal::engine::Engine engine(config(), store, log);
    const jobs::JobMakers makers = engine.object_makers(objects);
    const std::int64_t before_kib = resident_kib();
    const std::string dataset = arn("dataset/films/INTERACTIONS");
    const double import_s = time_job(
        engine, makers, "datasetImportJob",
        {{"datasetArn", dataset}, {"importMode", "FULL"}, {"dataSource", {{"dataLocation", "s3://bucket/views.csv"}}}});
    const double export_s = time_job(engine, makers, "datasetExportJob",
                                     {{"datasetArn", dataset},
                                      {"ingestionMode", "ALL"},
                                      {"jobOutput", {{"s3DataDestination", {{"path", "s3://bucket/out"}}}}}});
    std::printf("import of %d interactions: %.1f s, sqlite3 .import %.1f s, ratio %.2f (target 2.5 or less)\n", rows,
                import_s, sqlite_s, import_s / sqlite_s);
    std::printf("export of them: %.1f s, ratio %.2f to the import (target 1 or less)\n", export_s, export_s / import_s);
    std::printf("memory that both took: %lld KiB\n", static_cast<long long>(resident_kib() - before_kib));
    return 0;
}
