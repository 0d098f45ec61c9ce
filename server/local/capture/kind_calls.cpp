#include "server/local/capture/kind_calls.h"

#include "server/base/text.h"
#include "server/model/service.h"

namespace plocal::capture {

using base::with_capital;
using resources::Kind;

std::string list_operation(const Kind& kind) {
    return kind.summary.empty() ? "" : "List" + with_capital(kind.plural);
}

std::string describe_operation(const Kind& kind) {
    return "Describe" + with_capital(kind.name);
}

std::string hidden_list_operation(const Kind& kind) {
    if (!kind.hidden) return "";
    std::string name = "List" + with_capital(kind.name) + with_capital(kind.hidden->member);
    return model::personalize().operation(name) == nullptr ? "" : name;
}

bool has_tags(const Kind& kind) {
    const model::Operation* const create = model::personalize().operation("Create" + with_capital(kind.name));
    return create != nullptr && create->input->member("tags") != nullptr;
}

}  // namespace plocal::capture
