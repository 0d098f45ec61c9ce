#include "server/service/operations/schema.h"

#include <string>
#include <utility>

#include "server/base/json.h"

namespace plocal::operations {

namespace {

using base::text_member;
using resources::Context;

using resources::Creation;

languages::AvroSchema read(const base::Json& members) {
    const std::string* const text = text_member(members, "schema");
    const std::string* const domain = text_member(members, "domain");
    return languages::parse_avro_schema(text == nullptr ? "" : *text, domain == nullptr ? "" : *domain);
}

}  // namespace

void complete_schema(Creation& creation) {
    for (std::string& remark : read(creation.input).remarks) {
        creation.context.notes.push_back("the schema " + creation.name + " at " + std::move(remark));
    }
}

languages::AvroSchema schema_of(Context& context, const storage::Record& schema) {
    return read(value_of(context, schema));
}

}  // namespace plocal::operations
