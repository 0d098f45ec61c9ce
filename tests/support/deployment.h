// A world whose resources are created as a client creates them: each by its own Create, after its dependencies, and
// waited for. Members that a test does not give have valid defaults.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/service/resources/kinds.h"
#include "tests/support/world.h"

namespace plocal::support {

/// A resource that a Deployment can create: the usual one of its kind, or a variant with a name of its own, such as a
/// dataset group with a domain.
struct Part {
    std::string_view name;  // "campaign", "videoGroup"
    std::string_view kind;
    std::vector<std::pair<std::string_view, std::string_view>> members;  // member and the part whose ARN it contains
    std::vector<std::string_view> needs;                                 // parts that must be ACTIVE but are not named
    base::Json input;                                                    // the other required members of its Create
};

/// Every part after its dependencies. Every kind that can be created has a part with the name of the kind.
const std::vector<Part>& parts();
const Part& part_named(std::string_view name);

/// The names of the kinds that can be created, in the order of `parts`.
std::vector<std::string_view> creatable_kinds();

/// The name of an operation: "CreateBatchInferenceJob" for ("Create", "batchInferenceJob").
std::string operation_on(std::string_view verb, std::string_view kind);

/// The kind of the resource with this ARN. Throws std::logic_error if no kind has such ARNs.
const resources::Kind& kind_of(std::string_view arn);

/// The same value with the members of all objects in alphabetical order, for comparisons.
base::Json sorted(const base::Json& value);

class Deployment : public World {
public:
    using World::World;

    /// Returns the ARN of this part in its final status, such as ACTIVE. Creates the part and its dependencies on first
    /// use, and advances the clock by three seconds for each. A refusal fails the current test.
    std::string make(std::string_view part);

    /// Loads a dataset group without datasets, as only a fixture can bring it, and returns its ARN. Filters of any
    /// columns can be created in it.
    std::string load_bare_group();

    /// Forgets which parts are made, so that `make` creates them again.
    void forget();

    /// The required members of the part's Create. Creates the dependencies of the part first.
    base::Json input(std::string_view part);

    /// Creates a part after its dependencies and does not wait for it. `members` replace those of the part.
    Answer create(std::string_view part, const base::Json& members = base::Json::object());

    /// The same, but returns the ARN of the new resource. A refusal fails the current test.
    std::string created(std::string_view part, const base::Json& members = base::Json::object());

    /// Calls an operation on the resource with this ARN: ("Update", campaign, {{"minProvisionedTPS", 2}}).
    Answer call_on(std::string_view verb, const std::string& arn, const base::Json& members = base::Json::object());

    /// The resource as Describe returns it; the name of the error if Describe is refused.
    base::Json described(const std::string& arn);

    /// The status of a resource; the name of the error if Describe is refused; "none" for a kind without status.
    std::string status(const std::string& arn);

    /// The ARNs that the List of a kind returns, newest first.
    std::vector<std::string> listed(std::string_view kind, const base::Json& input = base::Json::object());

    /// Puts a resource into this status now; its lifecycle continues from there.
    void force(const std::string& arn, std::string_view status);

    /// Makes a call to `/_local/`.
    Answer control(std::string_view method, std::string_view path, const base::Json& body = nullptr);

private:
    std::map<std::string, std::string, std::less<>> made_;  // ARNs by part
};

/// An Avro schema of interactions with an event type, valid with and without a domain.
std::string interactions_schema();

/// An Avro schema of items with this column beside the id: {"name": "GENRES", ...}.
std::string items_schema(const base::Json& column);

}  // namespace plocal::support
