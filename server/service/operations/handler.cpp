#include "server/service/operations/handler.h"

#include <utility>
#include <variant>

#include "server/model/api_error.h"
#include "server/model/render.h"

namespace plocal::operations {
namespace {

using base::Json;
using resources::Context;
using resources::Output;

Output run_handler(Context& context, const Entry& entry, const Json& input) {
    if (!entry.writes) return entry.handler(context, input);
    storage::sqlite::Transaction transaction = context.store.begin();
    Output output = entry.handler(context, base::without_nulls(input));
    transaction.commit();
    return output;
}

}  // namespace

std::string run_entry(Context& context, const Entry& entry, const Json& input) {
    Output output = run_handler(context, entry, input);
    if (auto* const rendered = std::get_if<resources::Rendered>(&output)) return std::move(rendered->text);
    const model::Operation& operation = context.operation;
    if (operation.output == nullptr) return {};
    return model::render(*operation.output, std::get<Json>(output));
}

void refuse_unknown(const model::Operation& operation) {
    throw model::ApiError("UnknownOperationException", "", operation.name + " is not emulated yet",
                          model::Evidence::inferred);
}

}  // namespace plocal::operations
