#include "server/service/data/dataset.h"

#include <cstddef>
#include <limits>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "server/base/json.h"
#include "server/base/json_scanner.h"
#include "server/model/api_error.h"
#include "server/model/languages/avro/schema.h"
#include "server/service/resources/kinds.h"
#include "server/service/resources/resource_view.h"

namespace plocal::data {
namespace {

std::optional<std::string> member_of(const std::string& document, std::string_view member) {
    const auto text = base::member_text(document, member);
    return text ? base::string_of(*text) : std::nullopt;
}

std::optional<Columns> read_columns(const std::string& document) {
    const auto text = member_of(document, "schema");
    if (!text) return std::nullopt;
    try {
        return Columns(languages::parse_avro_schema(*text, member_of(document, "domain").value_or("")));
    } catch (const model::ApiError&) {
        return std::nullopt;
    }
}

/// The columns of schemas by their documents, so that a request parses nothing. From any thread.
class ReadSchemas {
public:
    std::optional<Columns> find(const std::string& document) {
        constexpr std::size_t most_kept = 1000;
        const std::lock_guard lock(mutex_);
        if (const auto found = columns_.find(document); found != columns_.end()) return found->second;
        if (columns_.size() == most_kept) columns_.clear();
        return columns_.emplace(document, read_columns(document)).first->second;
    }

private:
    std::mutex mutex_;
    std::unordered_map<std::string, std::optional<Columns>> columns_;
};

}  // namespace

std::optional<Dataset> dataset_of(resources::Context& context, const storage::Record& record) {
    return dataset_of(context.store, record, context.readings.now_of(record.owner.account));
}

std::optional<Dataset> dataset_of(storage::Store& store, const storage::Record& record, base::Instant now) {
    const auto arn = schema_arn_of(record, now);
    const auto schema = arn ? store.resources().find(*arn) : std::nullopt;
    auto columns = schema ? columns_of(*schema) : std::nullopt;
    if (!columns) return std::nullopt;
    return Dataset{owner_of(record), *std::move(columns)};
}

std::optional<std::string> schema_arn_of(const storage::Record& dataset, base::Instant now) {
    if (dataset.update.empty()) return member_of(dataset.document, "schemaArn");
    const base::Json members =
        resources::current_value(resources::kind_named(dataset.kind), dataset, now, resources::StatusNames::documented);
    const std::string* const arn = base::text_member(members, "schemaArn");
    return arn == nullptr ? std::nullopt : std::optional(*arn);
}

std::optional<Columns> columns_of(const storage::Record& schema) {
    static ReadSchemas read;
    return read.find(schema.document);
}

storage::RowSetOwner owner_of(const storage::Record& record) {
    return {.arn = record.arn,
            .dataset_group = record.parent,
            .kind = record.arn.substr(record.arn.rfind('/') + 1),
            .account = record.owner.account};
}

storage::RowView view_of(storage::Store& store, const storage::RowSetOwner& owner) {
    return view_of(store, owner, std::numeric_limits<std::int64_t>::max());
}

storage::RowView view_of(storage::Store& store, const storage::RowSetOwner& owner, std::int64_t revision) {
    const auto set = store.row_sets().find(owner.arn);
    if (!set) return {};
    storage::RowView view = store.row_sets().view(*set, revision);
    std::erase_if(view.levels, [&](const storage::RowLevel& level) { return !store.batches().shows_rows(level); });
    return view;
}

}  // namespace plocal::data
