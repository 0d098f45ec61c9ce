#include "server/local/snapshot/reader.h"

#include <algorithm>
#include <mutex>
#include <string_view>
#include <system_error>
#include <utility>

#include "server/base/nearest.h"
#include "server/base/parallel.h"
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
    std::size_t count = 0;
    while (!is_over_ && count < most) count += read_some(most - count, batch);
    return !is_over_ || !batch.empty();
}

/// Reads at most `most` resources of one member, and returns how many.
std::size_t FixtureReader::read_some(std::size_t most, std::vector<Fixture>& batch) {
    if (!elements_ && !open_member()) return 0;
    std::vector<Element> elements = take_elements(most);
    read(elements);
    for (Element& element : elements) {
        if (!element.is_json) break;
        take(std::move(element), batch);
    }
    const bool is_broken = are_broken_ || !std::ranges::all_of(elements, &Element::is_json);
    if (is_broken) {
        give_up_part();
    } else if (elements.size() < most) {
        elements_.reset();
        ++member_;
    }
    return elements.size();
}

/// Opens the next member, or ends the part where there is none. Returns whether it has resources.
bool FixtureReader::open_member() {
    const DocumentPart& part = parts_[part_];
    if (member_ == part.outline->members.size()) {
        end_part();
        return false;
    }
    const OutlineMember& member = part.outline->members[member_];
    if (member.kind == nullptr) {
        read_other(member);
        ++member_;
        return false;
    }
    are_broken_ = false;
    try {
        elements_.emplace(part.document, member);
    } catch (const std::system_error&) {
        give_up_part();
    }
    return elements_.has_value();
}

/// Returns fewer than `most` only where the member ends, or cannot be read on.
std::vector<FixtureReader::Element> FixtureReader::take_elements(std::size_t most) {
    std::vector<Element> elements;
    try {
        while (elements.size() < most) {
            const auto text = elements_->next();
            if (!text) break;
            const std::optional<std::size_t> index = elements_->index();
            const std::uint32_t number = index ? static_cast<std::uint32_t>(*index) : FixtureKey::no_index;
            elements.push_back({.text = std::string(*text), .key = {part_, member_, number}});
        }
    } catch (const base::JsonError&) {
        are_broken_ = true;
    } catch (const std::system_error&) {
        are_broken_ = true;
    }
    return elements;
}

void FixtureReader::read(std::vector<Element>& elements) {
    std::mutex mutex;
    const NowOf now_of = [&](std::string_view account) {
        const std::lock_guard lock(mutex);
        return context_.readings.now_of(account);
    };
    base::for_each_index(elements.size(), context_.threads, [&](std::size_t i) { read(elements[i], now_of); });
}

void FixtureReader::read(Element& element, const NowOf& now_of) const try {
    const DocumentPart& part = parts_[part_];
    const OutlineMember& member = part.outline->members[member_];
    const bool is_in_list = element.key.index != FixtureKey::no_index;
    Json json = base::parse_json(element.text, base::max_nesting - (is_in_list ? 2 : 1));
    element.is_json = true;
    if (!part.account.empty()) retarget(json, part.account);
    Location place = place_of(element.key);
    if (member.is_list && !is_in_list) {
        element.problems.push_back({std::move(place), "a list of objects", base::excerpt(json)});
        return;
    }
    element.fixture =
        read_resource(std::move(place), *member.kind, std::move(json), context_.plans, now_of, element.problems);
} catch (const base::JsonError&) {
    element.is_json = false;
}

void FixtureReader::take(Element element, std::vector<Fixture>& batch) {
    for (FixtureProblem& problem : element.problems) problems_.add(std::move(problem));
    std::optional<Fixture>& fixture = element.fixture;
    if (!fixture || !is_wanted(context_, fixture->record.owner.account)) return;
    const DocumentPart& part = parts_[part_];
    for (RowsInput& input : fixture->rows) {
        const auto offset = offset_in(input.rows);
        if (!offset) continue;
        input.rows = nullptr;
        input.document = part.document;
        input.offset = *offset;
    }
    fixture->text = std::move(element.text);
    fixture->copy_for = part.account;
    keep(*std::move(fixture), element.key, batch);
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
