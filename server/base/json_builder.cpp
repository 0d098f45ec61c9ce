#include "server/base/json_builder.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

namespace plocal::base {
namespace {

/// Returns for each of the names the place of the first one that is the same. Sorts them: a text can be made whose
/// names share one place of a hash table.
std::vector<std::size_t> first_places(const std::string* names, std::size_t count) {
    std::vector<std::size_t> sorted(count);
    std::iota(sorted.begin(), sorted.end(), std::size_t{0});
    std::ranges::stable_sort(sorted, {}, [names](std::size_t i) -> const std::string& { return names[i]; });
    std::vector<std::size_t> first(count);
    for (std::size_t i = 0; i < count; ++i) {
        const bool is_repeated = i > 0 && names[sorted[i]] == names[sorted[i - 1]];
        first[sorted[i]] = is_repeated ? first[sorted[i - 1]] : sorted[i];
    }
    return first;
}

/// Returns the members in order. Of members with the same name the last value counts. Takes no time in the square of
/// their number, unlike inserting one by one.
Json::object_t distinct(std::string* names, Json* values, std::size_t count) {
    constexpr std::size_t few = 16;
    Json::object_t members;
    members.reserve(count);
    if (count > few) {
        const std::vector<std::size_t> first = first_places(names, count);
        for (std::size_t i = 0; i < count; ++i) {
            if (first[i] != i) values[first[i]] = std::move(values[i]);
        }
        for (std::size_t i = 0; i < count; ++i) {
            if (first[i] == i) members.emplace_back(std::move(names[i]), std::move(values[i]));
        }
        return members;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const auto same = std::ranges::find_if(members, [&](const auto& member) { return member.first == names[i]; });
        if (same == members.end()) {
            members.emplace_back(std::move(names[i]), std::move(values[i]));
        } else {
            same->second = std::move(values[i]);
        }
    }
    return members;
}

}  // namespace

JsonBuilder::JsonBuilder(std::size_t most_nesting) : most_nesting_(most_nesting) {
    values_.reserve(16);
    names_.reserve(16);
    open_.reserve(8);
}

bool JsonBuilder::open() {
    if (open_.size() == most_nesting_) return false;
    open_.push_back({values_.size(), names_.size()});
    return true;
}

void JsonBuilder::close_object() {
    const Open open = close();
    const std::size_t count = values_.size() - open.values;
    Json object = distinct(names_.data() + open.names, values_.data() + open.values, count);
    names_.resize(open.names);
    values_.resize(open.values);
    add(std::move(object));
}

void JsonBuilder::close_array() {
    const auto first = values_.begin() + static_cast<std::ptrdiff_t>(close().values);
    Json array = Json::array_t(std::make_move_iterator(first), std::make_move_iterator(values_.end()));
    values_.erase(first, values_.end());
    add(std::move(array));
}

JsonBuilder::Open JsonBuilder::close() {
    const Open open = open_.back();
    open_.pop_back();
    return open;
}

}  // namespace plocal::base
