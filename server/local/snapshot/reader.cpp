#include "server/local/snapshot/reader.h"

#include <algorithm>
#include <string_view>
#include <system_error>
#include <utility>

#include "server/base/nearest.h"
#include "server/local/snapshot/resource_reader.h"
#include "server/local/snapshot/row_lists.h"
#include "server/local/snapshot/rows_input.h"
#include "server/local/snapshot/settings_section.h"
#include "server/service/resources/arn.h"

namespace plocal::snapshot {
namespace {

using base::Json;

// SDKs put it beside a resource. It has no meaning here.
constexpr std::string_view response_metadata = "ResponseMetadata";

bool is_wanted(const ReadContext& context, std::string_view account) {
    return !context.is_wanted || context.is_wanted(account);
}

std::vector<std::string> known_members(const ReadContext& context) {
    std::vector<std::string> names;
    for (const resources::Kind& kind : resources::kinds()) {
        names.emplace_back(kind.name);
        names.emplace_back(kind.plural);
    }
    names.insert(names.end(), context.setting_names.begin(), context.setting_names.end());
    names.emplace_back(accounts_member);
    names.emplace_back(data_member);
    return names;
}

/// A hash of what must be the same in two fixtures with one ARN.
std::uint64_t content_of(const storage::Record& record) {
    std::string text = record.kind + "\n" + record.document + "\n" + record.update + "\n";
    text += std::to_string(record.created.time_since_epoch().count()) + "\n" + storage::to_text(record.timeline);
    return std::hash<std::string>()(text);
}

}  // namespace

FixtureReader::FixtureReader(std::vector<DocumentPart> parts, const std::vector<FixtureProblem>& problems,
                             const ReadContext& context)
    : parts_(std::move(parts)), context_(context), is_over_(parts_.empty()) {
    for (const FixtureProblem& problem : problems) problems_.add(problem);
    problems_before_part_ = problems_.count();
    for (const DocumentPart& part : parts_) index_arns(part);
    arns_.finish();
}

// What is wrong with the text of a part shows again, and is reported, when its resources are read.
void FixtureReader::index_arns(const DocumentPart& part) try {
    for (const OutlineMember& member : part.outline->members) {
        if (member.kind == nullptr) continue;
        ElementReader elements(part.document, member);
        while (const auto text = elements.next()) {
            const auto written = base::member_text(*text, member.kind->arn_member);
            auto arn = written ? base::string_of(*written) : std::nullopt;
            if (!arn) continue;
            if (!part.account.empty()) retarget(*arn, part.account);
            const auto parsed = resources::parse_arn(*arn);
            if (parsed && is_wanted(context_, parsed->account)) arns_.add(*arn);
        }
    }
} catch (const base::JsonError&) {
} catch (const std::system_error&) {
}

bool FixtureReader::next(std::vector<Fixture>& batch, std::size_t most) {
    batch.clear();
    for (std::size_t count = 0; count < most; ++count) {
        if (!read_next(batch)) return !batch.empty();
    }
    return true;
}

/// Reads one resource. Returns false where there is none left.
bool FixtureReader::read_next(std::vector<Fixture>& batch) {
    while (!is_over_) {
        try {
            if (!elements_) {
                open_member();
            } else if (const auto text = elements_->next()) {
                read_text(*text, batch);
                return true;
            } else {
                elements_.reset();
                ++member_;
            }
        } catch (const base::JsonError&) {
            give_up_part();
        } catch (const std::system_error&) {
            give_up_part();
        }
    }
    return false;
}

void FixtureReader::open_member() {
    const DocumentPart& part = parts_[part_];
    if (member_ == part.outline->members.size()) return end_part();
    const OutlineMember& member = part.outline->members[member_];
    if (member.kind != nullptr) {
        elements_.emplace(part.document, member);
    } else {
        read_other(member);
        ++member_;
    }
}

void FixtureReader::read_text(std::string_view text, std::vector<Fixture>& batch) {
    const DocumentPart& part = parts_[part_];
    const OutlineMember& member = part.outline->members[member_];
    const std::optional<std::size_t> index = elements_->index();
    const FixtureKey key{part_, member_, index ? static_cast<std::uint32_t>(*index) : FixtureKey::no_index};
    Json json = base::parse_json(text, base::max_nesting - (index ? 2 : 1));
    if (!part.account.empty()) retarget(json, part.account);
    Location place = place_of(key);
    if (member.is_list && !index) {
        return problems_.add({std::move(place), "a list of objects", base::excerpt(json)});
    }
    std::vector<FixtureProblem> problems;
    auto fixture = read_resource(std::move(place), *member.kind, std::move(json), context_, problems);
    for (FixtureProblem& problem : problems) problems_.add(std::move(problem));
    if (!fixture || !is_wanted(context_, fixture->record.owner.account)) return;
    for (RowsInput& input : fixture->rows) {
        const auto offset = offset_in(input.rows);
        if (!offset) continue;
        input.rows = nullptr;
        input.document = part.document;
        input.offset = *offset;
    }
    fixture->text = text;
    fixture->copy_for = part.account;
    keep(*std::move(fixture), key, batch);
}

void FixtureReader::keep(Fixture fixture, FixtureKey key, std::vector<Fixture>& batch) {
    const std::string& arn = fixture.record.arn;
    if (arns_.is_repeated(arn)) {
        const std::uint64_t content = content_of(fixture.record);
        const auto [first, is_new] = firsts_.try_emplace(arn, First{content, key});
        if (!is_new && first->second.content != content) {
            return problems_.add({fixture.place, "each ARN once, or the same each time",
                                  arn + ", which differs from " + place_of(first->second.key).text()});
        }
        if (!is_new) return;
    }
    fit_.note(fixture, key);
    batch.push_back(std::move(fixture));
}

void FixtureReader::read_other(const OutlineMember& member) {
    const auto& settings = context_.setting_names;
    const std::string& name = member.name;
    if (name == response_metadata || name == accounts_member || std::ranges::find(settings, name) != settings.end()) {
        return;
    }
    if (name == data_member) {
        Json list = member.value;
        const DocumentPart& part = parts_[part_];
        if (!part.account.empty()) retarget(list, part.account);
        std::vector<FixtureProblem> problems;
        for (RowsInput& input : read_data(Location{part.document.source(), ""}.below(name), list, problems)) {
            const auto arn = resources::parse_arn(input.dataset);
            if (arn && is_wanted(context_, arn->account)) data_.push_back(std::move(input));
        }
        for (FixtureProblem& problem : problems) problems_.add(std::move(problem));
        return;
    }
    const std::string nearest = base::nearest(name, known_members(context_));
    problems_.add({Location{parts_[part_].document.source(), ""}.below(name),
                   nearest.empty() ? "a kind of resource, such as batchInferenceJob or batchInferenceJobs" : nearest,
                   "a member " + Json(name).dump() + ", which no fixture has"});
}

/// A text that turns out to be no JSON has that problem alone.
void FixtureReader::give_up_part() {
    const DocumentPart& part = parts_[part_];
    problems_.cut(problems_before_part_);
    problems_.add(fault_of(part.document, part.outline->begin));
    end_part();
}

void FixtureReader::end_part() {
    elements_.reset();
    member_ = 0;
    ++part_;
    is_over_ = part_ == parts_.size() || (!problems_.empty() && parts_[part_].account != parts_[part_ - 1].account);
    problems_before_part_ = problems_.count();
    if (is_over_) fit_.finish(problems_, [this](FixtureKey key) { return place_of(key); });
}

Location FixtureReader::place_of(FixtureKey key) const {
    const DocumentPart& part = parts_[key.part];
    const Location place = Location{part.document.source(), ""}.below(part.outline->members[key.member].name);
    return key.index == FixtureKey::no_index ? place : place.below(key.index);
}

}  // namespace plocal::snapshot
