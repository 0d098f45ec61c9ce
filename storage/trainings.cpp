#include "storage/trainings.h"

#include "storage/resource_row.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

std::optional<Training> Trainings::find(std::string_view arn) {
    // What was trained since the documents were loaded lies in a layer above theirs.
    Statement row(database_, R"(
        SELECT revision, at_ms FROM training
        WHERE arn = ? AND revision IS NOT NULL AND layer IN (SELECT id FROM live_layer) ORDER BY layer DESC LIMIT 1)");
    row.bind_all(arn);
    if (!row.step()) return std::nullopt;
    return Training{row.integer(0), base::Instant(std::chrono::milliseconds(row.integer(1)))};
}

void Trainings::put(const TrainedResource& resource, const Training& training) {
    store(layers_.of_changes(resource.account), resource, training.revision, training.at);
    sweep_.note_hidden();  // an earlier training may have been the last one that knew some batch
}

void Trainings::expect(const TrainedResource& resource, base::Instant at) {
    store(layers_.of_changes(resource.account), resource, std::nullopt, at);
}

void Trainings::expect_none(std::string_view arn) {
    Statement remove(database_, "DELETE FROM training WHERE arn = ? AND layer > 0 AND revision IS NULL");
    remove.bind_all(arn);
    remove.run();
    if (database_.changes() > 0) sweep_.note_hidden();
}

void Trainings::stage(std::int64_t layer, const TrainedResource& resource, const Training& training) {
    store(layer, resource, training.revision, training.at);
}

void Trainings::store(std::int64_t layer, const TrainedResource& resource, std::optional<std::int64_t> revision,
                      base::Instant at) {
    Statement store(database_, R"(
        INSERT INTO training (arn, layer, dataset_group, revision, at_ms) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (arn, layer) DO UPDATE
            SET dataset_group = excluded.dataset_group, revision = excluded.revision, at_ms = excluded.at_ms)");
    store.bind_all(resource.arn, layer, resource.dataset_group, revision, to_ms(at));
    store.run();
}

void Trainings::lift(std::int64_t layer, const std::map<std::string, std::int64_t>& by) {
    for (const auto& [group, revisions] : by) {
        Statement lift(database_, R"(
            UPDATE training SET revision = revision + ? WHERE layer = ? AND dataset_group = ? AND revision > 0)");
        lift.bind_all(revisions, layer, group);
        lift.run();
    }
}

void Trainings::remove(std::string_view arn) {
    Statement remove(database_, "DELETE FROM training WHERE arn = ? AND layer > 0");
    remove.bind_all(arn);
    remove.run();
    if (database_.changes() > 0) sweep_.note_hidden();
}

}  // namespace plocal::storage
