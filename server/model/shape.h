// The model of one value: its type and its constraints. Immutable once its service is loaded; any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plocal::model {

class Pattern;
struct Shape;

enum class Type { structure, list, map, string, integer, floating, boolean, timestamp };

struct Member {
    std::string name;
    const Shape* shape = nullptr;
    bool required = false;
};

/// Shapes, and the pointers between them, live as long as their service.
struct Shape {
    std::string name;
    Type type = Type::structure;
    std::vector<Member> members;     // of a structure, in the model's order
    const Shape* key = nullptr;      // of a map
    const Shape* element = nullptr;  // of a list or a map
    std::optional<double> min;       // of a number's value, else of the length in code points, elements or entries
    std::optional<double> max;
    std::unique_ptr<const Pattern> pattern;  // of a string; null for none
    std::vector<std::string> values;         // of an enum, in the model's order
    bool sensitive = false;

    /// Returns the member of this name, or null.
    const Member* member(std::string_view member_name) const;
};

}  // namespace plocal::model
