#include "server/service/jobs/named_resource.h"

#include <chrono>
#include <stdexcept>
#include <thread>

#include "server/service/resources/kinds.h"
#include "server/service/resources/lookup.h"

namespace plocal::jobs {

std::string text_at(const base::Json& document, const char* pointer) {
    const base::Json::json_pointer place(pointer);
    if (!document.contains(place)) return {};
    const auto* const text = document.at(place).get_ptr<const base::Json::string_t*>();
    return text == nullptr ? std::string() : *text;
}

s3::Access access_of(const storage::Record& job, JobContext& context) {
    return {job.owner.region, [&context] { return context.is_aborted(); }};
}

data::Dataset named_dataset(resources::Context& context, const std::string& arn) {
    const auto record = context.store.resources().find(arn);
    if (!record) {
        throw std::runtime_error(resources::missing_message(resources::kind_named("dataset"), arn));
    }
    auto dataset = data::dataset_of(context, *record);
    if (!dataset) throw std::runtime_error("The schema of the dataset is not known: " + arn);
    return *std::move(dataset);
}

SliceEnd wait() {
    constexpr std::chrono::milliseconds pause(2);
    std::this_thread::sleep_for(pause);
    return SliceEnd::unfinished;
}

}  // namespace plocal::jobs
