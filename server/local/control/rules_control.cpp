#include "server/local/control/rules_control.h"

#include <utility>
#include <vector>

#include "server/local/control/control_error.h"
#include "server/local/rules/rule_reader.h"
#include "server/local/world/rules_setting.h"

namespace plocal::control {
namespace {

using base::Json;
using base::Problem;
using world::World;

constexpr const char* list_member = "rules";

/// Reads a body that is a list of rules, or one rule where it may be one. Throws ControlError.
std::vector<rules::Rule> read_body(const Json& body, bool may_be_one) {
    std::vector<Problem> problems;
    std::vector<rules::Rule> read;
    const bool is_list = body.is_object() && body.contains(list_member);
    if (is_list) {
        read = rules::read_rules(body[list_member], problems);
        for (Problem& problem : problems) problem.pointer.insert(0, "/rules");
        if (body.size() > 1) problems.push_back({"", R"({"rules": [...]} alone)", base::excerpt(body)});
    } else if (may_be_one) {
        read.push_back(rules::read_rule(body, problems));
    } else {
        problems.push_back({"", R"({"rules": [...]})", base::excerpt(body)});
    }
    refuse_problems(problems);
    return read;
}

void refuse_taken_ids(std::vector<Problem> problems, const Json& body) {
    for (Problem& problem : problems) {
        if (body.contains(list_member)) problem.pointer.insert(0, "/rules");
    }
    refuse_problems(problems);
}

}  // namespace

Json get_rules(World& world, const ControlCall& call) {
    const rules::RuleBook* const book = world.tenants().rules.find(call.account);
    return {{list_member, book == nullptr ? Json::array() : book->list()}};
}

Json add_rules(World& world, const ControlCall& call) {
    const Json body = call.json();
    rules::RuleBook& book = world.tenants().rules.of(call.account);
    const std::size_t before = book.size();
    refuse_taken_ids(book.add(read_body(body, true)), body);
    world.store_setting(world::rules_setting(), call.account);
    Json added = Json::array();
    const Json all = book.list();
    for (std::size_t i = before; i < all.size(); ++i) added.push_back(all[i]);
    return {{list_member, std::move(added)}};
}

Json put_rules(World& world, const ControlCall& call) {
    const Json body = call.json();
    refuse_taken_ids(world.tenants().rules.of(call.account).replace(read_body(body, false)), body);
    world.store_setting(world::rules_setting(), call.account);
    return get_rules(world, call);
}

Json delete_rules(World& world, const ControlCall& call) {
    rules::RuleBook& book = world.tenants().rules.of(call.account);
    if (call.id.empty()) {
        book.clear();
    } else if (!book.remove(call.id)) {
        throw ControlError(404, "there is no rule '" + call.id + "'");
    }
    world.store_setting(world::rules_setting(), call.account);
    return get_rules(world, call);
}

}  // namespace plocal::control
