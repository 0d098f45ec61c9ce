#include "server/service/operations/dataset_group.h"

namespace plocal::operations {

using model::Evidence;
using resources::Creation;
using resources::invalid_input;

void complete_dataset_group(Creation& creation) {
    if (creation.text("kmsKeyArn") != nullptr && creation.text("roleArn") == nullptr) {
        throw invalid_input("roleArn is required when kmsKeyArn is specified.", "the key needs a role that may use it",
                            Evidence::documented);
    }
    if (creation.text("roleArn") != nullptr && creation.text("kmsKeyArn") == nullptr) {
        throw invalid_input("kmsKeyArn is required when roleArn is specified.", "a role is only valid with a key",
                            Evidence::documented);
    }
    if (const std::string* const domain = creation.text("domain")) creation.answer["domain"] = *domain;
}

}  // namespace plocal::operations
