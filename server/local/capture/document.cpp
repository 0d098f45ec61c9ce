#include "server/local/capture/document.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "server/base/iso8601.h"
#include "server/base/json.h"
#include "server/base/text.h"
#include "server/local/capture/names.h"
#include "server/model/service.h"
#include "server/model/timestamps.h"
#include "server/service/resources/arn.h"

namespace plocal::capture {
namespace {

using base::Json;
using resources::Kind;

/// Changes timestamps to ISO-8601, and removes members that the shape does not have. `path` is that of the value.
void fit(const model::Shape& shape, Json& value, const std::string& path, std::set<std::string>& unknown) {
    if (shape.type == model::Type::timestamp) {
        if (const auto moment = model::read_timestamp(value)) value = base::iso8601(*moment);
    } else if (value.is_array() && shape.element != nullptr) {
        for (Json& each : value) fit(*shape.element, each, path, unknown);
    } else if (value.is_object() && shape.type == model::Type::structure) {
        Json known = Json::object();
        for (auto& [name, inner] : value.items()) {
            const model::Member* const member = shape.member(name);
            std::string inner_path = path;
            inner_path.append(".").append(name);
            if (member == nullptr) {
                unknown.insert(inner_path);
                continue;
            }
            fit(*member->shape, inner, inner_path, unknown);
            known[name] = std::move(inner);
        }
        value = std::move(known);
    }
}

/// Returns what a document holds beside what Describe shows.
Json local_of(const FoundResource& resource) {
    Json local = Json::object();
    if (!resource.hidden.empty()) local[std::string(resource.kind->hidden->member)] = resource.hidden;
    if (!resource.tags.empty()) local["tags"] = resource.tags;
    if (!resource.absent.empty()) local["absent"] = resource.absent;
    return local;
}

void fit_resource(FoundResource& resource, std::set<std::string>& unknown) {
    const Kind& kind = *resource.kind;
    const model::Service& service = model::personalize();
    resource.members = base::without_nulls(std::move(resource.members));
    resource.hidden = base::without_nulls(std::move(resource.hidden));
    resource.tags = base::without_nulls(std::move(resource.tags));
    fit(*service.shape(kind.shape), resource.members, std::string(kind.name), unknown);
    fit(*service.shape("Tags"), resource.tags, "tags", unknown);
    if (!kind.hidden) return;
    fit(*service.shape(kind.hidden->shape), resource.hidden, std::string(kind.name), unknown);
}

std::string owner_account(const std::string& arn) {
    const auto parsed = resources::parse_arn(arn);
    return parsed ? std::string(parsed->account) : "";
}

}  // namespace

Document::Entry Document::entry_of(FoundResource resource) {
    fit_resource(resource, unknown_members_);
    Json value = std::move(resource.members);
    const Json local = local_of(resource);
    if (!local.empty()) value["_local"] = local;
    Entry entry{.created = {}, .listed_for = resource.listed_for, .from_end = -resource.place, .arn = "", .text = ""};
    entry.arn = *base::text_member(value, resource.kind->arn_member);
    const auto created = value.find("creationDateTime");
    if (created != value.end()) entry.created = model::read_timestamp(*created).value_or(base::Instant());
    entry.text = base::json_text(value);
    return entry;
}

void Document::add(std::map<std::string, FoundResource> resources, std::string_view account) {
    for (auto& [arn, resource] : resources) {
        const Kind& kind = *resource.kind;
        const std::string owner = owner_account(arn);
        if (!account.empty() && !owner.empty()) {
            for (Json* const part : {&resource.members, &resource.tags, &resource.hidden}) {
                rename_account(*part, owner, account);
            }
            for (std::string& absent : resource.absent) absent = renamed(absent, owner, account);
        }
        entries_[kind.name].push_back(entry_of(std::move(resource)));
    }
    for (auto& [kind, entries] : entries_) {
        std::ranges::sort(entries, {}, [](const Entry& entry) {
            return std::tie(entry.created, entry.listed_for, entry.from_end, entry.arn);
        });
    }
}

std::string Document::text() const {
    std::string text = "{";
    for (const Kind& kind : resources::kinds()) {
        const auto found = entries_.find(kind.name);
        if (found == entries_.end() || found->second.empty()) continue;
        text.append(text == "{" ? "\n\"" : ",\n\"").append(kind.plural).append("\": [");
        for (const Entry& entry : found->second) text.append(text.back() == '[' ? "\n  " : ",\n  ").append(entry.text);
        text += ']';
    }
    return text + "\n}\n";
}

std::size_t Document::size() const {
    std::size_t size = 0;
    for (const auto& [kind, entries] : entries_) size += entries.size();
    return size;
}

std::string Document::arn_at(std::string_view pointer) const {
    if (!pointer.starts_with('/')) return "";
    pointer.remove_prefix(1);
    const std::string_view plural = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(std::min(plural.size() + 1, pointer.size()));
    const auto kind = std::ranges::find(resources::kinds(), plural, &Kind::plural);
    const auto index = base::parse_number<std::size_t>(pointer.substr(0, pointer.find('/')));
    if (kind == resources::kinds().end() || !index) return "";
    const auto found = entries_.find(kind->name);
    return found == entries_.end() || *index >= found->second.size() ? "" : found->second[*index].arn;
}

void Document::remove(const std::map<std::string, std::string>& arns) {
    for (auto& [kind, entries] : entries_) {
        std::erase_if(entries, [&arns](const Entry& entry) { return arns.contains(entry.arn); });
    }
}

}  // namespace plocal::capture
