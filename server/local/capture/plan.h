// Which calls read all resources of an account in one region, and what has been found so far: List of every kind,
// Describe of every resource that a List or another resource names. Makes no call itself. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "server/base/json.h"
#include "server/local/capture/failure.h"
#include "server/service/resources/kinds.h"

namespace plocal::capture {

/// A call to make.
struct Call {
    enum class Purpose { list, describe, list_hidden, list_tags };
    Purpose purpose;
    const resources::Kind* kind;  // of what is listed or described
    std::string arn;              // the resource; of a List the parent, or "" for all
    std::string operation;
    base::Json input;
    std::int64_t listed_before = 0;  // of a List: resources on the pages before
};

/// A resource as the service describes it.
struct FoundResource {
    const resources::Kind* kind = nullptr;
    base::Json members;                     // the member of Describe's output
    base::Json tags = base::Json::array();  // as ListTagsForResource has them
    base::Json hidden;                      // the kind's hidden member; null without one
    std::vector<std::string> absent;        // what it names and what does not exist
    std::string listed_for;                 // the parent of the List that has it; "" for all
    std::int64_t place = 0;                 // its place there: Lists have the newest first
};

class Plan {
public:
    /// `group` is the ARN of the dataset group to which the reading is narrowed, or "".
    explicit Plan(const std::string& group);

    /// Returns a call to make now, or nothing: then the others wait for the answers to those in progress. The first
    /// call is made alone, because its failure may be that of all.
    std::optional<Call> next();

    /// Takes the output of a call that `next` has returned. What it names is read too.
    void take(const Call& call, const base::Json& output);

    /// Takes the failure of such a call. The other calls are still made, unless it is of all of them.
    void fail(const Call& call, const Failure& failure);

    std::size_t found() const { return found_; }          // resources to describe
    std::size_t described() const { return described_; }  // those that are not any more

    /// One line for each call that has failed, or that was not made because of another one, with what is missing.
    const std::vector<std::string>& failures() const { return failures_; }

    /// Returns what has been found, by ARN. To be called once, when no call is left.
    std::map<std::string, FoundResource> take_resources();

private:
    /// What a List says about a resource, beside its ARN.
    struct Listing {
        std::string parent;
        std::int64_t place = 0;
        base::Json hidden;
    };

    void add_list(const resources::Kind& kind, const std::string& parent_member, const std::string& parent);
    void add_lists_of(const resources::Kind& parent, const std::string& arn);
    void find(const resources::Kind& kind, const std::string& arn);
    void take_page(const Call& call, const base::Json& output);
    void take_resource(const Call& call, const base::Json& output);
    void go_on(const Call& call, const base::Json& output);

    std::string group_;
    std::deque<Call> lists_;
    std::deque<Call> others_;
    bool has_begun_ = false;      // the first call was returned
    bool has_ended_one_ = false;  // the first call has ended
    std::size_t found_ = 0;
    std::size_t described_ = 0;
    std::set<std::string> known_;   // ARNs that were found or looked up
    std::set<std::string> absent_;  // of them those that do not exist
    std::map<std::string, Listing> listings_;
    std::map<std::string, FoundResource> resources_;
    std::vector<std::string> failures_;
};

}  // namespace plocal::capture
