#include "server/service/operations/campaign.h"

#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/recipes.h"

namespace plocal::operations {

namespace {

using base::Json;
using base::text_member;
using model::Evidence;
using resources::Change;
using resources::Context;
using resources::Creation;
using resources::invalid_input;
using resources::Kind;
using resources::kind_named;
using resources::ResolvedReference;

constexpr std::string_view latest = "/$LATEST";

/// The newest ACTIVE version of a solution; empty where it has none.
std::string newest_active(Context& context, const std::string& solution_arn) {
    for (const storage::Record& version : context.store.resources().children(solution_arn, "solutionVersion")) {
        if (status_of(context, version) == lifecycle::active) return version.arn;
    }
    return {};
}

std::string latest_version(Context& context, const std::string& solution_arn) {
    resolve(context, kind_named("solution"), solution_arn);
    std::string version = newest_active(context, solution_arn);
    if (!version.empty()) return version;
    throw invalid_input("The given solution has no active solution version: " + solution_arn,
                        "$LATEST needs a version that is ACTIVE", Evidence::inferred);
}

bool follows_latest(const Json& members) {
    return members.value("campaignConfig", Json::object()).value("syncWithLatestSolutionVersion", false);
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

/// The version that is named, found fit for a campaign: one that answers in real time, which segments are not made for.
ResolvedReference fit_version(Context& context, const Kind& kind, const std::string& arn) {
    ResolvedReference version = resolve_usable(context, kind, "solutionVersionArn", arn);
    if (!version.record) return version;
    const Json members = value_of(context, *version.record);
    if (!is_for_segments(recipe_in(members))) return version;
    throw invalid_input("Campaigns are not supported for the recipe " + *text_member(members, "recipeArn"),
                        "user segmentation recipes serve batch segment jobs alone", Evidence::documented);
}

}  // namespace

void complete_campaign(Creation& creation) {
    creation.document = with_version(creation.context, creation.input);
    const std::string& version = *text_member(creation.document, "solutionVersionArn");
    creation.referred.emplace_back("solutionVersionArn", fit_version(creation.context, creation.kind, version));
    creation.set_default("minProvisionedTPS", 1);
    creation.set_default("campaignConfig", Json::object());
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
        change.referred.push_back(fit_version(change.context, change.kind, *arn));
    }
    for (const char* const member : {"solutionVersionArn", "minProvisionedTPS", "campaignConfig"}) {
        change.update[member] = given.value(member, change.present.value(member, Json()));
    }
}

}  // namespace plocal::operations
