// Values that are made from rows, such as models: made in slices when they are first asked for, kept by a key that
// names all they depend on, and dropped where they take too much memory, the least recently used first. One thread at a
// time.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "storage/store.h"

namespace plocal::runtime {

/// A value that is being made.
class Making {
public:
    Making() = default;
    Making(const Making&) = delete;
    Making& operator=(const Making&) = delete;
    virtual ~Making() = default;

    /// Makes a small part, about a millisecond of work. Returns whether there is more to do. Throws SqlError.
    virtual bool step(storage::Store& store) = 0;

    /// The value, once, after step() has returned false, and about how much memory it takes.
    virtual std::shared_ptr<const void> take() = 0;
    virtual std::size_t memory_bytes() const = 0;
};

/// A value is not made yet. The request has to be answered again once it is.
struct NotMade {
    std::string key;
};

class Kept {
public:
    explicit Kept(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    /// To be called before each request is answered: values that one request uses stay together.
    void begin_request() { ++request_; }

    /// Returns the value of a key, whose type must always be the same. Where it is not made yet, begins with what
    /// `begin` returns, a unique_ptr of a Making, and throws NotMade.
    template <typename Value, typename Begin>
    std::shared_ptr<const Value> find(const std::string& key, Begin begin) {
        if (const auto value = find_value(key)) return std::static_pointer_cast<const Value>(value);
        makings_.try_emplace(key, Begun{nullptr, request_});
        Begun& begun = makings_.at(key);
        if (!begun.making) begun.making = begin();
        throw NotMade{key};
    }

    /// Goes on with making a value until `end`. Returns whether there is more to do. Where it fails, forgets what was
    /// made of it, and throws SqlError.
    bool make(storage::Store& store, const std::string& key, std::chrono::steady_clock::time_point end);

    /// The memory of all values.
    std::size_t memory_bytes() const { return bytes_; }

private:
    struct Value {
        std::string key;
        std::shared_ptr<const void> value;
        std::size_t bytes = 0;
        std::int64_t used_by = 0;  // the latest request
    };

    struct Begun {
        std::unique_ptr<Making> making;
        std::int64_t begun_by = 0;  // the request
    };

    std::shared_ptr<const void> find_value(const std::string& key);
    void keep(const std::string& key, Begun& begun);

    std::size_t most_bytes_;
    std::size_t bytes_ = 0;
    std::list<Value> values_;  // the most recently used first
    std::map<std::string_view, std::list<Value>::iterator> by_key_;
    std::map<std::string, Begun> makings_;
    std::int64_t request_ = 0;
};

}  // namespace plocal::runtime
