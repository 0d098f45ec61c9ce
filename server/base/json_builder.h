// Builds a JSON value from the events of a parser. Pure. For one thread at a time.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "server/base/json_value.h"

namespace plocal::base {

/// Finished values stay on one stack until their array or object ends, so each container is allocated once, in its
/// final size. Of members with the same name the last value counts.
class JsonBuilder {
public:
    explicit JsonBuilder(std::size_t most_nesting);

    template <typename T>
    void add(T&& value) {
        values_.emplace_back(std::forward<T>(value));
    }

    void name(std::string name) { names_.push_back(std::move(name)); }

    /// Begins an array or object. Returns false, and does nothing, where it would be nested too deeply.
    bool open();

    void close_object();
    void close_array();

    /// Returns the value, which must be complete.
    Json take() { return std::move(values_.front()); }

private:
    struct Open {
        std::size_t values;
        std::size_t names;
    };

    Open close();

    std::size_t most_nesting_;
    std::vector<Json> values_;
    std::vector<std::string> names_;
    std::vector<Open> open_;
};

}  // namespace plocal::base
