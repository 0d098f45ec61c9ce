#include "server/service/operations/dataset.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/service/operations/schema.h"
#include "server/service/resources/ids.h"

namespace plocal::operations {

namespace {

using base::Json;
using base::text_member;
using model::Evidence;
using resources::Change;
using resources::Context;
using resources::Creation;
using resources::invalid_input;
using resources::ResolvedReference;
using resources::uuid;

constexpr std::string_view dataset_types[] = {"INTERACTIONS", "ITEMS", "USERS", "ACTIONS", "ACTION_INTERACTIONS"};

std::string domain_of(Context& context, const std::optional<storage::Record>& record) {
    if (!record) return {};
    const Json members = value_of(context, *record);
    const std::string* const domain = text_member(members, "domain");
    return domain == nullptr ? std::string() : *domain;
}

/// Returns nothing for a schema from a fixture that has no text, or an invalid one.
std::optional<languages::AvroSchema> read_schema(Context& context, const storage::Record& schema) {
    try {
        return schema_of(context, schema);
    } catch (const model::ApiError&) {
        return std::nullopt;
    }
}

void check_schema(Context& context, const ResolvedReference& schema, const std::string& type) {
    const auto columns = schema.record ? read_schema(context, *schema.record) : std::nullopt;
    if (!columns || columns->dataset_type == type) return;
    throw invalid_input("The given schema is not a schema for datasets of type " + type + ": " + schema.reference.arn,
                        "the schema's record name is that of datasets of type " + columns->dataset_type,
                        Evidence::inferred);
}

void check_domain(Context& context, const ResolvedReference& schema, const ResolvedReference& group) {
    if (!schema.record || !group.record || !read_schema(context, *schema.record)) return;
    const std::string of_schema = domain_of(context, schema.record);
    const std::string of_group = domain_of(context, group.record);
    if (of_schema == of_group) return;
    const auto shown = [](const std::string& domain) { return domain.empty() ? std::string("none") : domain; };
    throw invalid_input(
        "The domain of the given schema does not match that of the dataset group: " + schema.reference.arn,
        "the schema's domain is " + shown(of_schema) + ", the dataset group's " + shown(of_group),
        Evidence::documented);
}

/// Only schemas of items and users are replaced.
void check_replaceable(const std::string& type) {
    if (type == "ITEMS" || type == "USERS") return;
    throw invalid_input("The schema of a dataset of type " + type + " cannot be replaced.",
                        "only the schemas of Items and Users datasets are replaced", Evidence::documented);
}

/// The new schema keeps every field of the old one, and its other fields may be null.
void check_fields_kept(Context& context, const storage::Record& dataset, const ResolvedReference& schema) {
    const auto former = columns_of(context, dataset);
    const auto next = schema.record ? read_schema(context, *schema.record) : std::nullopt;
    if (!former || !next) return;
    const auto refuse = [&schema](const std::string& what, const char* why) {
        return invalid_input(
            "The given schema cannot replace the schema of the dataset: " + what + ": " + schema.reference.arn, why,
            Evidence::documented);
    };
    for (const languages::Column& column : former->columns) {
        const languages::Column* const kept = next->column(column.name);
        constexpr const char* why = "a new schema keeps all fields with their types and attributes";
        if (kept == nullptr) throw refuse("it lacks the field " + column.name, why);
        if (!kept->is_same_as(column)) throw refuse("it changes the field " + column.name, why);
    }
    for (const languages::Column& column : next->columns) {
        if (former->column(column.name) != nullptr || column.may_be_null()) continue;
        throw refuse("the new field " + column.name + " must support null", "new fields support null data");
    }
}

}  // namespace

void complete_dataset(Creation& creation) {
    const std::string type = base::upper(*creation.text("datasetType"));
    if (std::ranges::find(dataset_types, type) == std::end(dataset_types)) {
        throw invalid_input("The given dataset type is invalid: " + *creation.text("datasetType"),
                            "expected Interactions, Items, Users, Actions or Action_Interactions",
                            Evidence::documented);
    }
    const ResolvedReference& group = *creation.refer("datasetGroupArn");
    const ResolvedReference& schema = *creation.refer("schemaArn");
    check_domain(creation.context, schema, group);
    check_schema(creation.context, schema, type);
    const std::string& group_arn = group.reference.arn;
    creation.id = group_arn.substr(group_arn.rfind('/') + 1) + "/" + type;
    creation.document["datasetType"] = type;
    if (type == "ACTION_INTERACTIONS") {
        creation.document["trackingId"] =
            uuid({creation.context.settings.plan.seed, creation.owner.account, "trackingId", creation.id,
                  next_ordinal(creation.context, creation.kind, creation.owner, creation.id)});
    }
    creation.taken_message = "Another dataset of type: " + type + " already exists in the provided dataset group";
}

void complete_dataset_update(Change& change) {
    const ResolvedReference& schema = *change.refer("schemaArn");
    if (const std::string* const group_arn = text_member(change.present, "datasetGroupArn")) {
        check_domain(change.context, schema, {{*group_arn, false}, change.context.store.resources().find(*group_arn)});
    }
    const std::string* const type = text_member(change.present, "datasetType");
    if (type == nullptr) return;
    check_replaceable(*type);
    check_schema(change.context, schema, *type);
    check_fields_kept(change.context, change.record, schema);
}

std::optional<languages::AvroSchema> columns_of(Context& context, const storage::Record& dataset) {
    const Json members = value_of(context, dataset);
    const std::string* const arn = text_member(members, "schemaArn");
    const auto schema = arn == nullptr ? std::nullopt : context.store.resources().find(*arn);
    return schema ? read_schema(context, *schema) : std::nullopt;
}

std::map<std::string, storage::Record, std::less<>> datasets_of(Context& context, const std::string& group_arn) {
    std::map<std::string, storage::Record, std::less<>> datasets;
    for (storage::Record& dataset : context.store.resources().children(group_arn, "dataset")) {
        std::string type = dataset.arn.substr(dataset.arn.rfind('/') + 1);
        datasets.emplace(std::move(type), std::move(dataset));
    }
    return datasets;
}

}  // namespace plocal::operations
