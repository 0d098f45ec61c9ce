// One rule: which requests it is for, and what is done to them. Plain values; read by rule_reader, applied by
// rule_book.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/duration.h"
#include "server/base/json.h"
#include "server/local/rules/member_path.h"
#include "server/local/rules/wildcard.h"
#include "server/model/service.h"
#include "server/service/lifecycle/plan.h"

namespace plocal::rules {

/// What a rule is held against. All of it must live while it is.
struct Subject {
    std::string_view operation;  // as the model names it
    std::string_view account;
    std::string_view region;
    const base::Json& input;
};

struct Condition {
    MemberPath path;
    Wildcard value;
};

/// All of it must hold. A member compares as text: a number or a boolean by how JSON writes it. One that is absent,
/// null, a list or an object is like no text, not even `*`.
struct Match {
    std::vector<const model::Operation*> operations;  // that it can be for: by name, and by having every member
    std::optional<Wildcard> account;
    std::optional<Wildcard> region;
    std::vector<Condition> members;
};

struct ErrorEffect {
    std::string type;  // the exception's bare name
    std::string message;
    std::optional<int> status;
    bool after_commit = false;  // the request is carried out, and its answer lost

    /// The status as given, else the one that the service, or AWS for all services alike, has for this type; else 400.
    int status_in(const model::Service& service) const;
};

enum class ConnectionFault { reset, close, truncate };

std::string_view text_of(ConnectionFault fault);

/// One of them at least is there.
struct Effects {
    std::optional<lifecycle::PlanChange> lifecycle;  // of what an operation makes or has set out
    std::optional<ErrorEffect> error;
    std::optional<base::DurationRange> delay;  // of real time, before the answer
    std::optional<ConnectionFault> connection;
};

struct Counts {
    std::int64_t matched = 0;  // requests that matched while the rule was not used up, skipped and thinned ones too
    std::int64_t fired = 0;    // what `times` is held against
    std::map<std::string, std::int64_t, std::less<>> matched_by;  // by account; kept where chance decides
};

struct Rule {
    std::string id;  // empty until a book makes one
    Match match;
    Effects effects;
    std::optional<std::int64_t> times;
    std::int64_t after = 0;
    double probability = 1;
    Counts counts;
    base::Json given;  // as it was read, without counts
};

/// Whether an operation makes a resource or has one set out on another way: what a lifecycle is for.
bool puts_on_its_way(std::string_view operation);

/// Whether anything of it is drawn: whether it fires, or its delay.
bool has_chance(const Rule& rule);

/// The rule as it was given, with its id and how often it "matched" and "fired" (and "matchedBy" whom): rule_reader
/// reads that back to the same.
base::Json to_json(const Rule& rule);

}  // namespace plocal::rules
