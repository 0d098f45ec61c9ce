#include "server/operations/campaign.h"

#include <limits>
#include <string>
#include <string_view>

#include "server/lifecycle/lifecycle.h"

namespace plocal::operations {

namespace {

using model::Evidence;
using model::Json;

constexpr std::string_view latest = "/$LATEST";

/// The newest ACTIVE version of a solution; empty where it has none.
std::string newest_active(Context& context, const std::string& solution_arn) {
    storage::Page page{.scope = {}, .kind = "solutionVersion", .parent = solution_arn, .after = {}};
    page.limit = std::numeric_limits<std::int32_t>::max();
    for (const storage::Record& version : context.store.resources().list(page)) {
        if (status_of(context, version) == lifecycle::active) return version.arn;
    }
    return {};
}

std::string latest_version(Context& context, const std::string& solution_arn) {
    refer_to(context, kind_named("solution"), solution_arn);
    std::string version = newest_active(context, solution_arn);
    if (!version.empty()) return version;
    throw invalid_input("The given solution has no active solution version: " + solution_arn,
                        "$LATEST needs a version that is ACTIVE", Evidence::inferred);
}

bool follows_latest(const Json& members) {
    const Json config = members.value("campaignConfig", Json());
    return config.is_object() && config.value("syncWithLatestSolutionVersion", false);
}

/// The input with $LATEST resolved.
Json with_version(Context& context, const Json& input) {
    Json resolved = input;
    const std::string* const arn = text_member(input, "solutionVersionArn");
    const bool is_latest = arn != nullptr && arn->ends_with(latest);
    if (follows_latest(input) && arn != nullptr && !is_latest) {
        throw invalid_input(
            "syncWithLatestSolutionVersion requires a solutionVersionArn of the form SolutionArn/$LATEST.",
            "a campaign that follows the latest version must name it so", Evidence::documented);
    }
    if (is_latest) {
        resolved["solutionVersionArn"] = latest_version(context, arn->substr(0, arn->size() - latest.size()));
    }
    return resolved;
}

/// A campaign answers in real time, which segments are not made for.
void check_recipe(Context& context, const Referred& version) {
    if (!version.record) return;
    const Json members = value_of(context, *version.record);
    const std::string* const recipe = text_member(members, "recipeArn");
    if (recipe == nullptr || recipe->find("/aws-item-a") == std::string::npos) return;
    throw invalid_input("Campaigns are not supported for the recipe " + *recipe,
                        "user segmentation recipes serve batch segment jobs alone", Evidence::documented);
}

}  // namespace

void complete_campaign(Creation& creation) {
    creation.document = with_version(creation.context, creation.input);
    const Kind& kind = kind_named("solutionVersion");
    Referred version = refer_to(creation.context, kind, *text_member(creation.document, "solutionVersionArn"));
    require_active(creation.context, kind, version);
    check_recipe(creation.context, version);
    creation.referred.emplace_back("solutionVersionArn", std::move(version));
    if (creation.document.value("minProvisionedTPS", Json()).is_null()) creation.document["minProvisionedTPS"] = 1;
    if (!creation.document.value("campaignConfig", Json()).is_object()) {
        creation.document["campaignConfig"] = Json::object();
    }
}

void follow_latest_version(Context& context, const storage::Record& campaign, Json& members) {
    if (!follows_latest(members)) return;
    const std::string version = newest_active(context, campaign.parent);
    if (!version.empty()) members["solutionVersionArn"] = version;
}

void complete_campaign_update(Change& change) {
    follow_latest_version(change.context, change.record, change.present);
    const Json given = with_version(change.context, change.input);
    if (const std::string* const arn = text_member(given, "solutionVersionArn")) {
        const Kind& kind = kind_named("solutionVersion");
        Referred version = refer_to(change.context, kind, *arn);
        require_active(change.context, kind, version);
        check_recipe(change.context, version);
        change.referred.push_back(std::move(version));
    }
    for (const char* const member : {"solutionVersionArn", "minProvisionedTPS", "campaignConfig"}) {
        const Json value = given.value(member, Json());
        change.update[member] = value.is_null() ? change.present.value(member, Json()) : value;
    }
}

}  // namespace plocal::operations
