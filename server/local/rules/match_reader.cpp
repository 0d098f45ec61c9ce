#include "server/local/rules/match_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "server/base/account_id.h"
#include "server/base/nearest.h"

namespace plocal::rules {
namespace {

using base::excerpt;
using base::Json;
using base::Problem;
using model::Operation;
using model::Shape;
using Operations = std::vector<const Operation*>;

std::string pointer_to(const std::string& name) {
    return (Json::json_pointer() / name).to_string();
}

const Operations& all_operations() {
    static const Operations all = [] {
        Operations operations;
        for (const auto* service :
             {&model::personalize(), &model::personalize_runtime(), &model::personalize_events()}) {
            for (const Operation& each : service->operations()) operations.push_back(&each);
        }
        return operations;
    }();
    return all;
}

bool is_single(const Shape* shape) {
    using model::Type;
    return shape != nullptr && shape->type != Type::structure && shape->type != Type::list && shape->type != Type::map;
}

std::optional<Wildcard> read_text(const std::string& name, const Json& value, std::vector<Problem>& problems) {
    if (const auto* const text = value.get_ptr<const std::string*>()) return Wildcard(*text);
    problems.push_back({pointer_to(name), "a text; * in it stands for anything", excerpt(value)});
    return std::nullopt;
}

std::optional<Wildcard> read_account(const Json& value, std::vector<Problem>& problems) {
    std::optional<Wildcard> account = read_text("account", value, problems);
    if (!account || account->exact() == nullptr || base::is_account_id(*account->exact())) return account;
    problems.push_back({"/account", "twelve digits, or a text with * in it", excerpt(value)});
    return std::nullopt;
}

/// Returns the operations whose name matches. After a problem it returns all operations, so that the members can still
/// be checked.
Operations read_operation(const Json& value, std::vector<Problem>& problems) {
    const std::optional<Wildcard> wanted = read_text("operation", value, problems);
    if (!wanted) return all_operations();
    Operations operations;
    std::vector<std::string> names;
    for (const Operation* each : all_operations()) {
        names.push_back(each->name);
        if (wanted->matches(each->name)) operations.push_back(each);
    }
    if (!operations.empty()) return operations;
    const std::string nearest = base::nearest(value.get<std::string>(), names);
    problems.push_back({"/operation", nearest.empty() ? "an operation such as CreateBatchInferenceJob" : nearest,
                        excerpt(value) + ", which is none that is known"});
    return all_operations();
}

bool is_one_operation(const Json& match) {
    const std::string* const name = base::text_member(match, "operation");
    return name != nullptr && Wildcard(*name).exact() != nullptr;
}

Problem unknown_path(const std::string& name, const MemberPath& path, const Operations& operations) {
    std::vector<std::string> known;
    for (const Operation* each : operations) {
        for (std::string& neighbour : path.neighbours(*each->input)) known.push_back(std::move(neighbour));
    }
    return base::unknown_name(name, known, "no matching operation has as input",
                              "a member of the operation's input, by name or JSON pointer");
}

/// Reads one condition. Returns the operations that have such a member; none after a problem.
Operations read_member(Match& match, const std::string& name, const Json& value, const Operations& operations,
                       std::vector<Problem>& problems) {
    const std::optional<MemberPath> path = MemberPath::parse(name);
    if (!path) {
        problems.push_back({pointer_to(name), "a JSON pointer, ~ written as ~0", excerpt(name)});
        return {};
    }
    bool is_known = false;
    Operations having;
    for (const Operation* each : operations) {
        const Shape* const shape = path->find(*each->input);
        is_known = is_known || shape != nullptr;
        if (is_single(shape)) having.push_back(each);
    }
    if (!is_known) {
        problems.push_back(unknown_path(name, *path, operations));
    } else if (having.empty()) {
        problems.push_back({pointer_to(name), "a JSON pointer to a text, a number or a boolean inside it",
                            "a member " + excerpt(name) + ", which is a list or a structure"});
    }
    if (!value.is_string() && !value.is_number() && !value.is_boolean()) {
        problems.push_back({pointer_to(name), "a text, a number or a boolean", excerpt(value)});
        return {};
    }
    match.members.push_back({*path, Wildcard(value.is_string() ? value.get<std::string>() : value.dump())});
    return having;
}

}  // namespace

Match read_match(const Json& json, std::vector<Problem>& problems) {
    Match match;
    if (!json.is_object()) {
        problems.push_back({"", "an object", excerpt(json)});
        return match;
    }
    const std::size_t earlier = problems.size();
    const Operations named =
        json.contains("operation") ? read_operation(json.at("operation"), problems) : all_operations();
    match.operations = named;
    match.is_for_one = problems.size() == earlier && is_one_operation(json);
    for (const auto& [name, value] : json.items()) {
        if (problems.size() >= base::most_problems) break;
        if (name == "account") {
            match.account = read_account(value, problems);
        } else if (name == "region") {
            match.region = read_text(name, value, problems);
        } else if (name != "operation") {
            const Operations having = read_member(match, name, value, named, problems);
            std::erase_if(match.operations, [&](const Operation* each) { return !std::ranges::count(having, each); });
        }
    }
    if (match.operations.empty() && problems.size() == earlier) {
        problems.push_back({"", "members that one operation has together", excerpt(json)});
    }
    return match;
}

}  // namespace plocal::rules
