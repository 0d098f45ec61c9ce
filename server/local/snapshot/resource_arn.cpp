#include "server/local/snapshot/resource_arn.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "server/base/account_id.h"

namespace plocal::snapshot {
namespace {

using base::Json;

void put_if_absent(Json& members, std::string_view name, std::string value) {
    Json& member = members[std::string(name)];
    if (member.is_null()) member = std::move(value);
}

void check_name(PartialResource& partial, const resources::Arn& arn) {
    if (partial.kind.id_form != resources::IdForm::name) return;
    const std::string* const name = partial.text(partial.kind.name_member);
    if (name != nullptr && *name != arn.id)
        partial.refuse(partial.kind.name_member, std::string(arn.id) + ", as in the ARN");
}

}  // namespace

bool has_owner(const resources::Kind& kind, const resources::Arn& arn) {
    return base::is_account_id(arn.account) || (kind.owned_by_aws && arn.account.empty());
}

std::optional<resources::Arn> take_arn(PartialResource& partial) {
    if (const std::string* const text = partial.text(partial.kind.arn_member)) partial.arn = *text;
    const std::optional<resources::Arn> arn = resources::parse_arn(partial.arn);
    const bool is_of_kind = arn && resources::is_arn_of(partial.kind, *arn);
    if (is_of_kind && has_owner(partial.kind, *arn)) return arn;
    partial.refuse(partial.kind.arn_member,
                   "arn:aws:personalize:REGION:ACCOUNT:" + std::string(partial.kind.arn_type) +
                       (partial.kind.id_form == resources::IdForm::two_parts ? "/PARENT/ID" : "/NAME") +
                       (is_of_kind ? std::string(of_an_account) : ""));
    return std::nullopt;
}

void complete_from_arn(PartialResource& partial, const resources::Arn& arn) {
    check_name(partial, arn);
    const std::string id(arn.id);
    const std::string first_part = id.substr(0, id.find('/'));
    put_if_absent(partial.members, partial.kind.name_member, id);
    if (partial.members.contains("accountId")) partial.members["accountId"] = arn.account;
    if (partial.kind.id_form != resources::IdForm::two_parts) return;
    const auto parent = std::ranges::find_if(partial.kind.references, &resources::ReferenceMember::is_parent);
    put_if_absent(partial.members, parent->member,
                  resources::build_arn(arn.owner(), resources::kind_named(parent->kind).arn_type, first_part));
    if (!partial.kind.id_member.empty()) {
        put_if_absent(partial.members, partial.kind.id_member, id.substr(first_part.size() + 1));
    }
}

}  // namespace plocal::snapshot
