// size [COUNT]: reads a document of COUNT batch inference jobs, inserts them and writes them, and compares each of the
// three with SQLite's own insert of the same rows, by the same schema and the same pragmas, into a database in memory.
// Compare only ratios: the figures depend on the machine.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <string>
#include <vector>

#include <sqlite3.h>

#include "server/local/snapshot/document_set.h"
#include "server/local/snapshot/writer.h"
#include "server/local/world/staging.h"
#include "server/service/operations/registry.h"
#include "storage/store.h"
#include "tests/bench/big_document.h"
#include "tests/unit/storage/temporary_folder.h"

namespace {

namespace base = plocal::base;
namespace bench = plocal::bench;
namespace lifecycle = plocal::lifecycle;
namespace operations = plocal::operations;
namespace resources = plocal::resources;
namespace snapshot = plocal::snapshot;
namespace storage = plocal::storage;
namespace world = plocal::world;

/// What one stage took of the processor, so that other work of the machine matters less.
struct Stage {
    std::clock_t ticks = 0;

    template <typename Work>
    auto measure(Work work) {
        const std::clock_t began = std::clock();
        auto result = work();
        ticks += std::clock() - began;
        return result;
    }
};

double us_each(const Stage& stage, std::int64_t count) {
    return static_cast<double>(stage.ticks) * 1e6 / CLOCKS_PER_SEC / static_cast<double>(count);
}

/// Reads the document and inserts the fixtures.
std::int64_t load(const std::string& file, storage::Store& store, Stage& reading, Stage& inserting) {
    lifecycle::Clocks clocks(lifecycle::Clock::real());
    lifecycle::ClockReadings readings(clocks);
    const lifecycle::PlanOverrides plans{lifecycle::Plan{}};
    auto reader = reading.measure([&] {
        return snapshot::DocumentSet({snapshot::Document::in_file(file)}, {}).reader({plans, readings});
    });
    std::int64_t count = 0;
    std::vector<snapshot::Fixture> batch;
    world::Staging staging(store, {operations::hooks(), 0}, {});
    staging.expect(reader.arns());
    while (reading.measure([&] { return reader.next(batch); })) {
        count += static_cast<std::int64_t>(batch.size());
        inserting.measure([&] { return staging.add(batch), 0; });
    }
    inserting.measure([&] {
        storage::sqlite::Transaction transaction = store.begin();
        staging.show();
        transaction.commit();
        staging.keep();
        return 0;
    });
    for (const auto& problem : reader.problems().list()) std::puts(problem.text().c_str());
    return count;
}

void write(storage::Store& store, Stage& writing) {
    lifecycle::Clocks clocks(lifecycle::Clock::real());
    lifecycle::ClockReadings readings(clocks);
    snapshot::DocumentWriter writer(store, readings, "", resources::StatusNames::documented, base::Json::object());
    while (writing.measure([&] { return writer.next(); })) continue;
}

using Row = std::vector<sqlite3_value*>;

std::vector<Row> rows_of(sqlite3* database, const std::string& table) {
    sqlite3_stmt* rows = nullptr;
    sqlite3_prepare_v2(database, ("SELECT * FROM source." + table).c_str(), -1, &rows, nullptr);
    std::vector<Row> all;
    while (sqlite3_step(rows) == SQLITE_ROW) {
        Row& row = all.emplace_back();
        for (int i = 0; i < sqlite3_column_count(rows); ++i) {
            row.push_back(sqlite3_value_dup(sqlite3_column_value(rows, i)));
        }
    }
    sqlite3_finalize(rows);
    return all;
}

int insert_rows(sqlite3* database, const std::string& table, const std::vector<Row>& rows) {
    if (rows.empty()) return 0;
    std::string text = "INSERT INTO main." + table + " VALUES (?";
    for (std::size_t i = 1; i < rows.front().size(); ++i) text += ", ?";
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(database, (text + ")").c_str(), -1, &insert, nullptr);
    int failures = 0;
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) sqlite3_bind_value(insert, static_cast<int>(i) + 1, row[i]);
        if (sqlite3_step(insert) != SQLITE_DONE) ++failures;
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    return failures;
}

/// Inserts the rows of a store's file into a database in memory.
void insert_bare(const std::string& file, Stage& bare) {
    sqlite3* database = nullptr;
    sqlite3_open(":memory:", &database);
    sqlite3_exec(database, ("ATTACH '" + file + "' AS source").c_str(), nullptr, nullptr, nullptr);
    std::vector<std::string> schema;
    const auto keep = [](void* texts, int, char** columns, char**) {
        static_cast<std::vector<std::string>*>(texts)->emplace_back(columns[0]);
        return 0;
    };
    sqlite3_exec(database,
                 "SELECT sql FROM source.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
                 "AND type <> 'view' ORDER BY type = 'trigger', type = 'index'",
                 keep, &schema, nullptr);
    for (const std::string& text : schema) sqlite3_exec(database, text.c_str(), nullptr, nullptr, nullptr);
    const std::vector<Row> resources = rows_of(database, "resource");
    const std::vector<Row> references = rows_of(database, "resource_reference");
    const std::vector<Row> tags = rows_of(database, "tag");
    const int failures = bare.measure([&] {
        sqlite3_exec(database, "BEGIN", nullptr, nullptr, nullptr);
        const int failed = insert_rows(database, "resource", resources) +
                           insert_rows(database, "resource_reference", references) + insert_rows(database, "tag", tags);
        sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
        return failed;
    });
    if (failures != 0) std::printf("%d rows could not be inserted\n", failures);
    for (const auto* const rows : {&resources, &references, &tags}) {
        for (const Row& row : *rows) {
            for (sqlite3_value* const value : row) sqlite3_value_free(value);
        }
    }
    sqlite3_close(database);
}

}  // namespace

int main(int argc, char** argv) {
    const int jobs = argc > 1 ? std::atoi(argv[1]) : 100'000;
    const storage::TemporaryFolder folder;
    const std::string document = folder.file("document.json");
    bench::write_document(document, jobs);
    Stage bare;
    Stage reading;
    Stage inserting;
    Stage writing;
    Stage ignored;
    {
        storage::Store file(folder.file("store.db"));
        load(document, file, ignored, ignored);
    }
    insert_bare(folder.file("store.db"), bare);
    storage::Store store(":memory:");
    const std::int64_t count = load(document, store, reading, inserting);
    write(store, writing);
    const double bare_us = us_each(bare, count);
    std::printf("%lld resources; SQLite's own insert of their rows takes %.1f us each\n", static_cast<long long>(count),
                bare_us);
    const std::pair<const char*, const Stage&> stages[] = {
        {"reading", reading}, {"inserting", inserting}, {"writing", writing}};
    for (const auto& [name, stage] : stages) {
        std::printf("%-9s %5.1f us each, %.2f times SQLite's insert\n", name, us_each(stage, count),
                    us_each(stage, count) / bare_us);
    }
    return 0;
}
