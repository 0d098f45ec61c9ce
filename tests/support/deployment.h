// A world into which resources come as a client makes them: each by its own Create, after all that it needs, and waited
// for. What a test does not care about is there and fits.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/service/resources/kinds.h"
#include "tests/support/world.h"

namespace plocal::support {

/// A resource that a Deployment knows how to make: the one of its kind, or another one of the same kind that has a part
/// of its own, such as a dataset group with a domain.
struct Part {
    std::string_view name;  // "campaign"; "videoGroup"
    std::string_view kind;
    std::vector<std::pair<std::string_view, std::string_view>> members;  // each names the ARN of another part
    std::vector<std::string_view> needs;                                 // parts that must be ACTIVE but are not named
    base::Json input;                                                    // the rest of the least that its Create takes
};

/// What is made before what needs it comes first. Every kind that can be created has a part of its own name.
const std::vector<Part>& parts();
const Part& part_named(std::string_view name);

/// The names of the kinds that can be created, in that order.
std::vector<std::string_view> creatable_kinds();

/// "CreateBatchInferenceJob" for ("Create", "batchInferenceJob").
std::string operation_on(std::string_view verb, std::string_view kind);

/// The kind of a resource of the account, by its ARN.
const resources::Kind& kind_of(std::string_view arn);

/// The same value with the members of its objects in alphabetical order: what two are compared in.
base::Json sorted(const base::Json& value);

/// "ERROR: message", or the status of a success.
std::string outcome(const Answer& answer);

class Deployment : public World {
public:
    using World::World;

    /// The ARN of this part, which is ACTIVE, or whatever its kind comes to: made now if it was not before. The clock
    /// goes on by three seconds for each that is made. What does not come to be fails the test at hand.
    std::string make(std::string_view part);

    /// The least that its Create takes, once all that it needs is there.
    base::Json input(std::string_view part);

    /// Creates a part that has what it needs, with these members in place of its own, and does not wait for it.
    Answer create(std::string_view part, const base::Json& members = base::Json::object());

    /// The same, and the ARN that is answered. A refusal fails the test at hand.
    std::string created(std::string_view part, const base::Json& members = base::Json::object());

    /// An operation on the resource of this ARN: ("Update", campaign, {{"minProvisionedTPS", 2}}).
    Answer ask(std::string_view verb, const std::string& arn, const base::Json& members = base::Json::object());

    /// What Describe tells of a resource; the error's name where it refuses.
    base::Json described(const std::string& arn);

    /// Its status; the error's name where Describe refuses, "none" for a kind without one.
    std::string status(const std::string& arn);

    /// The ARNs that the List of a kind tells, newest first.
    std::vector<std::string> listed(std::string_view kind, const base::Json& input = base::Json::object());

    /// Has a resource be in this status now, and go on from there.
    void force(const std::string& arn, std::string_view status);

    /// A call of `/_local/`.
    Answer control(std::string_view method, std::string_view path, const base::Json& body = nullptr);

private:
    std::map<std::string, std::string, std::less<>> made_;  // ARNs by part
};

/// An Avro schema of interactions, with an event type, for every domain and none.
std::string interactions_schema();

/// One of items, with this column beside the id: {"name": "GENRES", ...}.
std::string items_schema(const base::Json& column);

}  // namespace plocal::support
