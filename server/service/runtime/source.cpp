#include "server/service/runtime/source.h"

#include <string_view>

#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/recipes.h"
#include "server/service/resources/hooks.h"
#include "server/service/resources/life.h"
#include "server/service/resources/lookup.h"
#include "server/service/runtime/refusals.h"

namespace plocal::runtime {
namespace {

using base::Json;
using base::text_member;
using recommender::Answers;
using recommender::Recipe;
using resources::Context;
using resources::Kind;
using resources::kind_named;
using storage::Record;

Record find_active(Context& context, const Kind& kind, const std::string& arn) {
    std::optional<Record> record = resources::find_visible(context, kind, arn);
    if (!record) {
        throw refusals::not_active(arn, resources::kind_message("no such ", kind, " is visible to the caller"));
    }
    const std::string_view status = resources::status_of(context, *record);
    const bool is_updating = status.starts_with("UPDATE");  // it serves what it served before
    if (status != lifecycle::active && !is_updating) {
        throw refusals::not_active(arn, resources::kind_message("the ", kind, " is ", status));
    }
    return *std::move(record);
}

bool is_enabled(const Json& members, const char* config) {
    const auto found = members.find(config);
    if (found == members.end() || !found->is_object()) return false;
    const auto enabled = found->find("enableMetadataWithRecommendations");
    return enabled != found->end() && enabled->is_boolean() && enabled->get<bool>();
}

/// The JSON text of a member of the record's document or, where it has none, of its parent's.
Json inherited_object(Context& context, const Record& record, const char* member) {
    Json document = base::parse_json(record.document);
    if (document.contains(member)) return document[member];
    const auto parent = record.parent.empty() ? std::nullopt : context.store.resources().find(record.parent);
    return parent ? inherited_object(context, *parent, member) : Json();
}

/// Reads what narrows the rows of a training. A fixture may hold texts that are no numbers.
void read_settings(Context& context, const Record& record, recommender::TrainingSettings& settings) {
    const resources::FindRecord find = [&context](std::string_view arn) { return context.store.resources().find(arn); };
    settings.recipe =
        recommender::find_recipe(operations::recipe_name(resources::inherited_text(record, "recipeArn", find)));
    settings.event_type = resources::inherited_text(record, "eventType", find);
    const Json config = inherited_object(context, record, "solutionConfig");
    if (const std::string* const threshold = text_member(config, "eventValueThreshold")) {
        const Json number = Json::parse(*threshold, nullptr, false);
        if (number.is_number()) settings.event_value_threshold = number.get<double>();
    }
}

void add_trained(Context& context, Source& source, std::optional<Record> record) {
    if (!record) return;
    const resources::FindRecord find = [&context](std::string_view arn) { return context.store.resources().find(arn); };
    source.group_arn = resources::inherited_text(*record, "datasetGroupArn", find);
    read_settings(context, *record, source.settings);
    source.trained = std::move(record);
}

}  // namespace

Source find_source(Context& context, const Json& input) {
    const std::string* const campaign = text_member(input, "campaignArn");
    const std::string* const recommender = text_member(input, "recommenderArn");
    if ((campaign == nullptr) == (recommender == nullptr)) throw refusals::one_source();
    const Kind& kind = kind_named(campaign != nullptr ? "campaign" : "recommender");
    Record record = find_active(context, kind, campaign != nullptr ? *campaign : *recommender);
    Source source{.arn = record.arn, .account = record.owner.account, .is_recommender = campaign == nullptr};
    source.may_change = resources::may_change(context, record);
    Json members = resources::value_of(context, record);
    if (recommender != nullptr) {
        source.trained_arn = record.arn;
        source.has_metadata = is_enabled(members, "recommenderConfig");
        add_trained(context, source, std::move(record));
        return source;
    }
    if (const auto follow = context.hooks.of(kind.name).complete_view) follow(context, record, members);
    source.has_metadata = is_enabled(members, "campaignConfig");
    if (const std::string* const version = text_member(members, "solutionVersionArn")) {
        source.trained_arn = *version;
        source.may_change = source.may_change || version->empty();
        add_trained(context, source, context.store.resources().find(*version));
    }
    const auto config = members.find("campaignConfig");
    const bool follows =
        config != members.end() && config->is_object() && config->value("syncWithLatestSolutionVersion", false);
    source.may_change = source.may_change || follows;
    source.has_metadata =
        source.has_metadata || (source.settings.recipe != nullptr && source.settings.recipe->name.ends_with("-v2"));
    return source;
}

Source trained_source(Context& context, const Record& trained) {
    Source source{.arn = trained.arn,
                  .account = trained.owner.account,
                  .is_recommender = trained.kind == "recommender",
                  .trained_arn = trained.arn};
    add_trained(context, source, trained);
    return source;
}

const Recipe& recipe_for(const Source& source, Answers wanted, const Json& input) {
    const Recipe* recipe = source.settings.recipe;
    if (recipe == nullptr) {
        const auto has = [&input](const char* member) {
            const std::string* const id = text_member(input, member);
            return id != nullptr && !id->empty();
        };
        std::string_view name = "aws-user-personalization";
        if (source.is_recommender) {
            name = "aws-ecomm-recommended-for-you";
        } else if (wanted == Answers::ranking) {
            name = "aws-personalized-ranking";
        } else if (wanted == Answers::actions) {
            name = "aws-next-best-action";
        } else if (has("itemId") && !has("userId")) {
            name = "aws-similar-items";
        }
        recipe = recommender::find_recipe(name);
    }
    if (recipe->answers != wanted) throw refusals::other_operation(recipe->name);
    return *recipe;
}

std::optional<storage::Training> training_of(Context& context, const Source& source, const Group& group, bool stores) {
    storage::Store& store = context.store;
    std::optional<storage::Training> training = source.trained ? resources::stored_training(store, *source.trained)
                                                               : store.trainings().find(source.trained_arn);
    if (training) return training;
    const base::Instant now = context.readings.now_of(source.account);
    if (source.trained) training = resources::known_training(store, *source.trained, now);
    if (!training) {
        if (!group.has_rows(store)) return std::nullopt;
        training = {store.row_sets().revision(source.group_arn), now};
    }
    if (stores && !source.trained_arn.empty()) {
        storage::sqlite::Transaction transaction = store.begin();
        store.trainings().put({source.trained_arn, source.group_arn, source.account}, *training);
        transaction.commit();
    }
    return training;
}

}  // namespace plocal::runtime
