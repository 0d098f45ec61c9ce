#include "server/service/operations/campaign.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/base/json.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/exploration.h"
#include "server/service/operations/recipes.h"
#include "server/service/resources/arn.h"
#include "server/service/resources/ids.h"

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

/// Returns the ARN of a solution's newest ACTIVE version, or "".
std::string newest_active(Context& context, const std::string& solution_arn) {
    for (const storage::Record& version : context.store.resources().children(solution_arn, "solutionVersion")) {
        if (status_of(context, version) == lifecycle::active) return version.arn;
    }
    return {};
}

/// Returns the version for $LATEST of a solution. A solution that is assumed to exist has one assumed version, whose id
/// depends on the seed.
ResolvedReference latest_version(Context& context, const std::string& solution_arn) {
    const ResolvedReference solution = resolve(context, resources::kind_named("solution"), solution_arn);
    if (!solution.record) {
        const auto arn = resources::parse_arn(solution_arn);
        const std::string id =
            resources::short_id({context.settings.plan.seed, arn->account, "solutionVersion", solution_arn, 0});
        return {{solution_arn + "/" + id, true}, std::nullopt};
    }
    std::string version = newest_active(context, solution_arn);
    if (version.empty()) {
        throw invalid_input("The given solution has no active solution version: " + solution_arn,
                            "$LATEST needs an ACTIVE solution version", Evidence::inferred);
    }
    std::optional<storage::Record> record = context.store.resources().find(version);
    return {{std::move(version), false}, std::move(record)};
}

bool follows_latest(const Json& members) {
    return members.value("campaignConfig", Json::object()).value("syncWithLatestSolutionVersion", false);
}

/// Returns the ARN of the recipe of a solution version, or "" if it is unknown.
std::string recipe_of_version(Context& context, const std::optional<storage::Record>& version) {
    if (!version) return {};
    const Json members = value_of(context, *version);
    const std::string* const recipe = text_member(members, "recipeArn");
    return recipe == nullptr ? std::string() : *recipe;
}

/// A campaign answers in real time, which user segmentation recipes do not support.
void require_real_time(Context& context, const ResolvedReference& version) {
    const std::string recipe = recipe_of_version(context, version.record);
    if (!is_for_segments(recipe_name(recipe))) return;
    throw invalid_input("Campaigns are not supported for the recipe " + recipe,
                        "user segmentation recipes support batch segment jobs only", Evidence::documented);
}

void check_campaign_config(Context& context, const Json& input, const std::string& version_arn) {
    const Json config = input.value("campaignConfig", Json());
    check_item_exploration(config, recipe_of_version(context, context.store.resources().find(version_arn)));
}

/// Returns the version that an input names, checked for use in a campaign. Returns nothing if the input names none.
std::optional<ResolvedReference> named_version(Context& context, const Kind& kind, const Json& input) {
    const std::string* const arn = text_member(input, "solutionVersionArn");
    if (arn == nullptr) return std::nullopt;
    const bool is_latest = arn->ends_with(latest);
    if (follows_latest(input) && !is_latest) {
        throw invalid_input(
            "syncWithLatestSolutionVersion requires a solutionVersionArn of the form SolutionArn/$LATEST.",
            "a campaign that follows the latest version must name $LATEST", Evidence::documented);
    }
    ResolvedReference version = is_latest ? latest_version(context, arn->substr(0, arn->size() - latest.size()))
                                          : resolve_usable(context, kind, "solutionVersionArn", *arn);
    require_real_time(context, version);
    return version;
}

}  // namespace

void complete_campaign(Creation& creation) {
    ResolvedReference version = *named_version(creation.context, creation.kind, creation.input);
    check_campaign_config(creation.context, creation.input, version.reference.arn);
    creation.document["solutionVersionArn"] = version.reference.arn;
    creation.referred.emplace_back("solutionVersionArn", std::move(version));
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
    Json given = change.input;
    if (auto named = named_version(change.context, change.kind, change.input)) {
        given["solutionVersionArn"] = named->reference.arn;
        change.referred.push_back(*std::move(named));
    }
    const std::string* const present = text_member(change.present, "solutionVersionArn");
    const std::string* const version = text_member(given, "solutionVersionArn");
    if (version != nullptr || present != nullptr) {
        check_campaign_config(change.context, change.input, version != nullptr ? *version : *present);
    }
    for (const char* const member : {"solutionVersionArn", "minProvisionedTPS", "campaignConfig"}) {
        change.update[member] = given.value(member, change.present.value(member, Json()));
    }
}

}  // namespace plocal::operations
