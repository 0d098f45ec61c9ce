// Rules: a good one is the same when it is listed and read again, and can be matched; a bad one has problems with
// places.
#include <string>
#include <vector>

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/local/rules/rule_book.h"
#include "server/local/rules/rule_reader.h"
#include "server/model/service.h"
#include "tests/fuzz/target.h"

namespace plocal::fuzz {
namespace {

using base::Json;

void require_places(const std::vector<base::Problem>& problems, const Json& json) {
    for (const base::Problem& problem : problems) {
        require(!problem.expected.empty() && !problem.found.empty(), "a problem says what was expected and found");
        require(base::is_utf8(problem.expected + problem.found + problem.pointer), "a problem is a text",
                problem.found);
        require(problem.pointer.empty() || problem.pointer.front() == '/', "a problem has a JSON pointer",
                problem.pointer);
        static_cast<void>(Json::json_pointer(problem.pointer));  // throws for what is none
    }
    require(!json.is_null() || !problems.empty(), "null is no rule");
}

void run_rules(std::string_view input) {
    Json json;
    try {
        json = base::parse_json(input);
    } catch (const base::JsonError&) {
        return;  // the target json is about those
    }
    std::vector<base::Problem> problems;
    rules::Rule rule = rules::read_rule(json, problems);
    require_places(problems, json);
    if (!problems.empty()) return;
    const Json listed = rules::to_json(rule);
    const rules::Rule again = rules::read_rule(listed, problems);
    // A rule without an id gets one from its book.
    if (!rule.id.empty()) {
        require(problems.empty(), "a listed rule is a good one", listed.dump());
        require(rules::to_json(again) == listed, "a rule is the same when it is read again", listed.dump());
    }
    rules::RuleBook book(7);
    std::vector<rules::Rule> one;
    one.push_back(std::move(rule));
    require(book.add(std::move(one)).empty(), "a book takes one good rule");
    const Json job = {{"jobName", "movies-1"}, {"numResults", 25}, {"tags", Json::array()}};
    for (const char* const operation : {"CreateBatchInferenceJob", "GetRecommendations", "PutEvents"}) {
        static_cast<void>(book.fire({operation, "000000000000", "us-east-1", job}));
    }
}

}  // namespace
}  // namespace plocal::fuzz

PLOCAL_FUZZ_TARGET(rules, plocal::fuzz::run_rules)
