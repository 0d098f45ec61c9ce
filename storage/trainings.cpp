#include "storage/trainings.h"

#include "storage/resource_row.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

std::optional<Training> Trainings::find(std::string_view arn) {
    // What was trained since the documents were loaded lies in a layer above theirs.
    Statement row(database_, R"(
        SELECT revision, at_ms FROM training
        WHERE arn = ? AND layer IN (SELECT id FROM live_layer) ORDER BY layer DESC LIMIT 1)");
    row.bind_all(arn);
    if (!row.step()) return std::nullopt;
    return Training{row.integer(0), base::Instant(std::chrono::milliseconds(row.integer(1)))};
}

void Trainings::put(std::string_view arn, std::string_view account, const Training& training) {
    stage(layers_.of_changes(account), arn, training);
}

void Trainings::stage(std::int64_t layer, std::string_view arn, const Training& training) {
    Statement put(database_, R"(
        INSERT INTO training (arn, layer, revision, at_ms) VALUES (?, ?, ?, ?)
        ON CONFLICT (arn, layer) DO UPDATE SET revision = excluded.revision, at_ms = excluded.at_ms)");
    put.bind_all(arn, layer, training.revision, to_ms(training.at));
    put.run();
}

void Trainings::remove(std::string_view arn) {
    Statement remove(database_, "DELETE FROM training WHERE arn = ? AND layer > 0");
    remove.bind_all(arn);
    remove.run();
}

}  // namespace plocal::storage
