#include "server/service/runtime/explanation.h"

#include "server/service/runtime/pool.h"

namespace plocal::runtime {
namespace {

std::string quoted_id(std::string_view id) {
    return '"' + std::string(id) + '"';
}

}  // namespace

OutBy out_by_filter(std::string_view arn, const languages::FilterVerdict& verdict) {
    return {
        .what = "filter", .filter_arn = std::string(arn), .expression = verdict.expression, .because = verdict.because};
}

OutBy out_by_unknown(const Pool& pool) {
    switch (pool.origin()) {
        case Origin::model:
            return {.what = "unknown", .because = "the model does not know it"};
        case Origin::declared:
            return {.what = "unknown", .because = "the rule does not name it"};
        case Origin::made_up:
            break;
    }
    return {.what = "unknown", .because = "it is none of the made-up ones"};
}

std::vector<std::string> notes_on(const Request& request, const Target& target, const Pool& pool,
                                  bool has_later_events) {
    std::vector<std::string> notes;
    if (pool.origin() == Origin::made_up) {
        notes.push_back("made up: the dataset group has no rows; load some with PUT /_local/data or a fixture");
    }
    const recommender::Model* const model = pool.model();
    if (model != nullptr && model->items.size() == 0) {
        notes.push_back("the training began before there were rows; train again, for example with POST /_local/train");
    }
    const std::string_view item = id_in(request.input, "itemId");
    if (!item.empty() && target.item.empty()) {
        notes.push_back("itemId is not used by the recipe " + std::string(target.recipe->name));
    }
    if (model == nullptr) return notes;
    if (!target.item.empty() && !pool.find(target.item)) {
        notes.push_back("the item " + quoted_id(target.item) + " is unknown to the model: popular items");
    }
    const bool is_personal = target.recipe->method == recommender::Method::personal;
    if (is_personal && !has_later_events && !model->users.find(target.user)) {
        notes.push_back("the user " + quoted_id(target.user) + " is unknown: popular items");
    }
    return notes;
}

}  // namespace plocal::runtime
