#include "server/service/data/dataset.h"

#include "server/base/json.h"
#include "server/base/json_scanner.h"
#include "server/model/api_error.h"
#include "server/model/languages/avro/schema.h"
#include "server/service/operations/dataset.h"
#include "server/service/resources/kinds.h"
#include "server/service/resources/resource_view.h"

namespace plocal::data {
namespace {

std::optional<std::string> member_of(const storage::Record& record, std::string_view member) {
    const auto text = base::member_text(record.document, member);
    return text ? base::string_of(*text) : std::nullopt;
}

}  // namespace

std::optional<Dataset> dataset_of(resources::Context& context, const storage::Record& record) {
    const auto schema = operations::columns_of(context, record);
    if (!schema) return std::nullopt;
    return Dataset{owner_of(record), Columns(*schema)};
}

std::optional<Dataset> dataset_of(storage::Store& store, const storage::Record& record, base::Instant now) {
    const auto arn = schema_arn_of(record, now);
    const auto schema = arn ? store.resources().find(*arn) : std::nullopt;
    auto columns = schema ? columns_of(*schema) : std::nullopt;
    if (!columns) return std::nullopt;
    return Dataset{owner_of(record), *std::move(columns)};
}

std::optional<std::string> schema_arn_of(const storage::Record& dataset, base::Instant now) {
    if (dataset.update.empty()) return member_of(dataset, "schemaArn");
    const base::Json members =
        resources::current_value(resources::kind_named(dataset.kind), dataset, now, resources::StatusNames::documented);
    const std::string* const arn = base::text_member(members, "schemaArn");
    return arn == nullptr ? std::nullopt : std::optional(*arn);
}

std::optional<Columns> columns_of(const storage::Record& schema) {
    const auto text = member_of(schema, "schema");
    if (!text) return std::nullopt;
    try {
        return Columns(languages::parse_avro_schema(*text, member_of(schema, "domain").value_or("")));
    } catch (const model::ApiError&) {
        return std::nullopt;
    }
}

storage::RowSetOwner owner_of(const storage::Record& record) {
    return {.arn = record.arn,
            .dataset_group = record.parent,
            .kind = record.arn.substr(record.arn.rfind('/') + 1),
            .account = record.owner.account};
}

storage::RowView view_of(storage::Store& store, const storage::RowSetOwner& owner) {
    const auto set = store.row_sets().find(owner.arn);
    return set ? store.row_sets().view(*set) : storage::RowView();
}

storage::RowView view_of(storage::Store& store, const storage::RowSetOwner& owner, std::int64_t revision) {
    const auto set = store.row_sets().find(owner.arn);
    return set ? store.row_sets().view(*set, revision) : storage::RowView();
}

}  // namespace plocal::data
