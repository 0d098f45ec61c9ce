#include "server/operations/registry.h"

#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>

#include "server/model/api_error.h"
#include "server/model/render.h"
#include "server/operations/batch_inference_job.h"
#include "server/operations/kinds.h"
#include "server/operations/verbs.h"

namespace plocal::operations {
namespace {

using model::Json;

enum class Access { reads, writes };

struct Entry {
    Access access;
    Output (*handler)(Context&, const Json&);
};

Output describe_batch_inference_job(Context& context, const Json& input) {
    static const Kind& kind = kind_named("batchInferenceJob");
    return describe(context, kind, input);
}

Output list_batch_inference_jobs(Context& context, const Json& input) {
    static const Kind& kind = kind_named("batchInferenceJob");
    return list(context, kind, "solutionVersionArn", input);
}

const Entry* find_entry(std::string_view operation) {
    static const std::unordered_map<std::string_view, Entry> entries = {
        {"CreateBatchInferenceJob", {Access::writes, create_batch_inference_job}},
        {"DescribeBatchInferenceJob", {Access::reads, describe_batch_inference_job}},
        {"ListBatchInferenceJobs", {Access::reads, list_batch_inference_jobs}},
    };
    const auto found = entries.find(operation);
    return found == entries.end() ? nullptr : &found->second;
}

Output run_handler(Context& context, const Entry& entry, const Json& input) {
    if (entry.access == Access::reads) return entry.handler(context, input);
    storage::sqlite::Transaction transaction = context.store.begin();
    Output output = entry.handler(context, input);
    transaction.commit();
    return output;
}

}  // namespace

bool is_emulated(const model::Operation& operation) {
    return find_entry(operation.name) != nullptr;
}

std::string run(Context& context, const model::Operation& operation, const Json& input) {
    const Entry* const entry = find_entry(operation.name);
    if (entry == nullptr) {
        throw model::ApiError("UnknownOperationException", "", operation.name + " is not emulated yet",
                              model::Evidence::inferred);
    }
    Output output = run_handler(context, *entry, input);
    if (auto* const ready = std::get_if<Ready>(&output)) return std::move(ready->text);
    if (operation.output == nullptr) return {};
    return model::render(*operation.output, std::get<Json>(output));
}

}  // namespace plocal::operations
