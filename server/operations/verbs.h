// Describe, list and create for a resource of any kind: all that the families of operations share.
// On the thread that owns the store; every call may throw SqlError.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/model/json.h"
#include "server/operations/context.h"
#include "server/operations/kinds.h"
#include "storage/record.h"

namespace plocal::operations {

/// A JSON text that has been cut to its output shape already.
struct Ready {
    std::string text;
};

/// What an operation answers: a value that is still to be rendered, or a text that needs no rendering.
using Output = std::variant<model::Json, Ready>;

/// The member's text, or null where it is absent or null. Lives as long as `input`.
const std::string* text_member(const model::Json& input, std::string_view member);

/// The resource of this kind and ARN, if the caller may see it. Where there is one that he may not see, a note says so.
std::optional<storage::Record> find_visible(Context& context, const Kind& kind, std::string_view arn);

/// A resource that an input names. Without a record it is taken to exist and to fit.
struct Referred {
    storage::Reference reference;
    std::optional<storage::Record> record;
};

/// Looks up what an input names. Throws ApiError (ResourceNotFoundException) where it is not there and must be.
Referred refer_to(Context& context, const Kind& kind, const std::string& arn);

/// Throws ApiError where a resource is there and is not ACTIVE: ResourceInUseException while it is being made,
/// InvalidInputException afterwards.
void require_active(Context& context, const Kind& kind, const Referred& referred);

/// `{"<kind>": {...}}` for the resource that the input names, counted as a look. Throws ApiError
/// (ResourceNotFoundException).
Output describe(Context& context, const Kind& kind, const model::Json& input);

/// One page, newest first, as the input asks. `parent_member` is the input's member that narrows the list; may be
/// empty. Throws ApiError (InvalidNextTokenException).
Output list(Context& context, const Kind& kind, std::string_view parent_member, const model::Json& input);

/// Whose a new resource is: what the caller is held to; else the account of the resource it names; else our own.
storage::Owner owner_of_new(const Context& context, std::string_view referred_arn);

/// Stores a new resource whose life begins now, by the plan that its owner has for its kind. `document` has every
/// member but the ARN, the status and the dates. Returns the ARN. Throws ApiError (ResourceAlreadyExistsException).
/// Needs a transaction.
std::string create(Context& context, const Kind& kind, const storage::Owner& owner, const std::string& name,
                   model::Json document, const std::vector<Referred>& references);

}  // namespace plocal::operations
