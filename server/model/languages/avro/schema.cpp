#include "server/model/languages/avro/schema.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "server/model/api_error.h"
#include "server/model/languages/avro/refusal.h"
#include "server/model/languages/avro/rules.h"

namespace plocal::languages {
namespace {

using model::Evidence;

constexpr std::string_view string_type = "string";

std::string types_text(const Column& column) {
    std::string text = column.types.front();
    for (std::size_t i = 1; i < column.types.size(); ++i) text.append(" or ").append(column.types[i]);
    return text;
}

std::string expected_types(const FieldRule& rule) {
    std::string text(rule.type);
    if (!rule.other_type.empty()) text.append(" or ").append(rule.other_type);
    return text.append(rule.may_be_null ? ", with or without null" : " alone");
}

bool has_expected_type(const Column& column, const FieldRule& rule) {
    return std::ranges::all_of(column.types, [&](const std::string& type) {
        return type == rule.type || type == rule.other_type || (type == "null" && rule.may_be_null);
    });
}

void check_flags(const Column& column, std::size_t index, const DatasetRules& rules) {
    if ((column.is_categorical || column.is_textual) && !column.has_type(string_type)) {
        refuse_schema(field_place(index, column.is_categorical ? "categorical" : "textual", column.name),
                      "a field of type string", types_text(column), "categories and texts are strings",
                      Evidence::documented);
    }
    if (column.is_textual && rules.dataset_type != "ITEMS") {
        refuse_schema(field_place(index, "textual", column.name), "no textual field outside ITEMS",
                      "one in " + std::string(rules.dataset_type), "only items have textual fields",
                      Evidence::documented);
    }
}

void check_marking(const Column& column, std::size_t index, const FieldRule& rule) {
    constexpr std::string_view why = "the guide prescribes the flags of a field of this name";
    const auto check = [&](std::string_view flag, bool is_set, bool is_expected) {
        if (is_set == is_expected) return;
        refuse_schema(field_place(index, flag, column.name), is_expected ? "true" : "false", is_set ? "true" : "false",
                      why, Evidence::documented);
    };
    if (rule.marking == Marking::categorical) check("categorical", column.is_categorical, true);
    if (rule.marking == Marking::not_categorical) check("categorical", column.is_categorical, false);
    if (rule.marking == Marking::textual) check("textual", column.is_textual, true);
}

void check_column(const Column& column, std::size_t index, const DatasetRules& rules) {
    const FieldRule* const rule = rules.field(column.name);
    if (rule != nullptr && !has_expected_type(column, *rule)) {
        refuse_schema(field_place(index, "type", column.name), expected_types(*rule), types_text(column),
                      rule->is_required ? "the guide prescribes the type of a required field"
                                        : "the guide prescribes the type of a reserved field",
                      Evidence::documented);
    }
    check_flags(column, index, rules);
    if (rule != nullptr) check_marking(column, index, *rule);
}

void check_required(const AvroSchema& schema, const DatasetRules& rules) {
    for (const FieldRule& rule : rules.fields) {
        if (!rule.is_required || schema.column(rule.name) != nullptr) continue;
        std::string expected = "the required field ";
        expected.append(rule.name).append(" of type ").append(rule.type);
        if (rule.marking == Marking::categorical) expected.append(", categorical");
        refuse_schema("/fields", expected, "no field of that name", "a schema has the fields its dataset type requires",
                      Evidence::documented);
    }
}

void check_texts(const AvroSchema& schema) {
    const Column* first = nullptr;
    for (std::size_t i = 0; i < schema.columns.size(); ++i) {
        const Column& column = schema.columns[i];
        if (!column.is_textual) continue;
        if (first != nullptr) {
            refuse_schema(field_place(i, "textual", column.name), "one textual field at most",
                          first->name + " before it", "a schema of items has one textual field at most",
                          Evidence::documented);
        }
        first = &column;
    }
}

/// Reserved fields do not count against the limit of metadata fields. A reserved categorical field satisfies the
/// requirement of one metadata field: the default schema of VIDEO_ON_DEMAND's users has no other.
void check_metadata(const AvroSchema& schema, const DatasetRules& rules) {
    std::size_t metadata = 0;
    bool has_some = false;
    for (const Column& column : schema.columns) {
        const FieldRule* const rule = rules.field(column.name);
        if (rule == nullptr) ++metadata;
        has_some = has_some || rule == nullptr || rule->marking == Marking::categorical;
    }
    if (rules.needs_metadata && !has_some) {
        refuse_schema("/fields", "at least one metadata field", "only required and reserved ones",
                      "a schema of this dataset type needs a metadata field", Evidence::documented);
    }
    if (metadata > rules.most_metadata) {
        refuse_schema("/fields", "at most " + std::to_string(rules.most_metadata) + " metadata fields",
                      std::to_string(metadata), "the number of metadata fields is limited", Evidence::documented);
    }
}

}  // namespace

AvroSchema parse_avro_schema(std::string_view text, std::string_view domain) {
    AvroSchema schema = read_avro_record(text);
    const DatasetRules* const rules = rules_of(schema.dataset_type, domain);
    if (rules == nullptr) {
        refuse_schema("/name", "Interactions, Items or Users in the domain " + std::string(domain), schema.dataset_type,
                      "only custom dataset groups have datasets of actions", Evidence::inferred);
    }
    for (std::size_t i = 0; i < schema.columns.size(); ++i) check_column(schema.columns[i], i, *rules);
    check_required(schema, *rules);
    check_texts(schema);
    check_metadata(schema, *rules);
    return schema;
}

}  // namespace plocal::languages
