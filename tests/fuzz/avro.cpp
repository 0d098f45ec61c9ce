// Avro schemas, each in a domain that its first byte chooses: what is good is the same when it is written and read
// again, and has columns.
#include <string>

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/model/api_error.h"
#include "server/model/languages/avro/schema.h"
#include "server/service/data/columns.h"
#include "tests/fuzz/target.h"

namespace plocal::fuzz {
namespace {

using base::Json;
using languages::AvroSchema;

std::string schema_text(const AvroSchema& schema) {
    Json fields = Json::array();
    for (const languages::Column& column : schema.columns) {
        Json field = {{"name", column.name}, {"type", column.types}};
        if (column.is_categorical) field["categorical"] = true;
        if (column.is_textual) field["textual"] = true;
        fields.push_back(std::move(field));
    }
    std::string name = schema.dataset_type;
    std::erase(name, '_');
    return Json{{"type", "record"}, {"name", name}, {"fields", fields}}.dump();
}

void require_same_schema(const AvroSchema& one, const AvroSchema& other) {
    require(one.dataset_type == other.dataset_type && one.columns.size() == other.columns.size(),
            "a schema is the same when it is read again", other.dataset_type);
    for (std::size_t i = 0; i < one.columns.size(); ++i) {
        require(one.columns[i].is_same_as(other.columns[i]), "a column is the same when it is read again",
                one.columns[i].name);
    }
}

void run_avro(std::string_view input) {
    if (input.empty()) return;
    static constexpr std::string_view domains[] = {"", "ECOMMERCE", "VIDEO_ON_DEMAND"};
    const std::string_view domain = domains[static_cast<unsigned char>(input.front()) % std::size(domains)];
    try {
        const AvroSchema schema = languages::parse_avro_schema(input.substr(1), domain);
        require_same_schema(schema, languages::parse_avro_schema(schema_text(schema), domain));
        const data::Columns columns(schema);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            require(columns.find(columns[i].name) == i, "a column is found by its name", columns[i].name);
        }
    } catch (const model::ApiError& error) {
        require(error.name() == "InvalidInputException", "a refusal is an InvalidInputException", error.name());
        require(base::is_utf8(error.message()), "a message is a text", error.message());
        require(error.message().starts_with("Invalid schema"), "a refusal says what is refused", error.message());
    }
}

}  // namespace
}  // namespace plocal::fuzz

PLOCAL_FUZZ_TARGET(avro, plocal::fuzz::run_avro)
