// Values that are made from rows, such as models: made in slices when they are first asked for, kept by a key that
// names all they depend on, and dropped where they take too much memory, the least recently used first. On the thread
// that owns the store, but for what is said of Making::compute.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/store.h"

namespace plocal::runtime {

/// A value that is being made.
class Making {
public:
    Making() = default;
    Making(const Making&) = delete;
    Making& operator=(const Making&) = delete;
    virtual ~Making() = default;

    /// Reads some rows, which takes less than a millisecond. Returns whether there are more to read. Throws SqlError.
    virtual bool read(storage::Store& store) = 0;

    /// Works on what read() has read last. To be called after each read(). On any thread.
    virtual void take_in() {}

    /// Does a small part of what remains once all is read. Returns whether there is more to do. On any thread.
    virtual bool compute() { return false; }

    /// Whether this takes too long for the thread that owns the store, as a training does.
    virtual bool is_training() const { return false; }

    /// The value, once, after compute() has returned false, and about how much memory it takes.
    virtual std::shared_ptr<const void> take() = 0;
    virtual std::size_t memory_bytes() const = 0;
};

/// A value is not made yet. The request has to be answered again once it is.
struct NotMade {
    std::string key;
    bool is_made_by_job = false;  // the caller has nothing to make
};

class Kept {
public:
    using Moment = std::chrono::steady_clock::time_point;

    explicit Kept(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    /// To be called before each request is answered: values that one request uses stay together.
    void begin_request() { ++request_; }

    /// Returns the value of a key, whose type must always be the same. Where it is not made yet, begins with what
    /// `begin` returns, a unique_ptr of a Making, and throws NotMade. Throws std::runtime_error, once, where making it
    /// has failed. Of values of one subject, if it has one, only the one that was made last is kept.
    template <typename Value, typename Begin>
    std::shared_ptr<const Value> find(const std::string& key, Begin begin, const std::string& subject = {}) {
        if (const auto value = find_value(key)) return std::static_pointer_cast<const Value>(value);
        if (Begun* const begun = find_begun(key)) throw NotMade{key, is_made_by_job(*begun->making)};
        std::shared_ptr<Making> making = begin();
        const bool is_for_job = is_made_by_job(*making);
        if (is_for_job) for_jobs_.push_back(key);
        begun_.emplace(key, Begun{std::move(making), subject, request_, {}});
        throw NotMade{key, is_for_job};
    }

    /// Returns the value of a key. Where it is not kept, makes it at once: `make` returns it and about how much memory
    /// it takes. The subject is that of find().
    template <typename Value, typename Make>
    std::shared_ptr<const Value> find_or_make(const std::string& key, Make make, const std::string& subject = {}) {
        if (const auto value = find_value(key)) return std::static_pointer_cast<const Value>(value);
        const std::pair<std::shared_ptr<const Value>, std::size_t> made = make();
        keep({key, subject, made.first, made.second}, request_);
        return made.first;
    }

    /// Goes on with making a value until `end`, unless a job makes it. Returns whether there is more to do. Where it
    /// fails, forgets what was made of it, and throws what it failed with.
    bool make(storage::Store& store, const std::string& key, Moment end);

    /// From now on jobs make what is_training().
    void leave_trainings_to_jobs() { has_jobs_ = true; }

    /// Returns the keys that jobs have to make, each once.
    std::vector<std::string> take_for_jobs() { return std::exchange(for_jobs_, {}); }

    struct Read {
        std::shared_ptr<Making> making;
        bool is_all = false;  // that there is to read
    };

    /// Reads some rows for a value, which its maker is to take in. Where that fails, forgets the value, and throws
    /// SqlError.
    Read read(storage::Store& store, const std::string& key);

    /// Keeps a value that is computed.
    void finish(const std::string& key);

    /// Lets the next find() of a value fail for this reason.
    void fail(const std::string& key, std::string reason);

    /// Drops the values that have not been used since the last such call: what depends on rows that are gone is never
    /// asked for again.
    void drop_unused();

    /// The memory of all values.
    std::size_t memory_bytes() const { return bytes_; }

private:
    struct Value {
        std::string key;
        std::string subject;  // or ""
        std::shared_ptr<const void> value;
        std::size_t bytes = 0;
        std::int64_t used_by = 0;  // the latest request
    };
    using Values = std::list<Value>;

    struct Begun {
        std::shared_ptr<Making> making;
        std::string subject{};
        std::int64_t begun_by = 0;  // the request
        std::optional<std::string> failure{};
        bool is_read = false;
    };

    bool is_made_by_job(const Making& making) const { return has_jobs_ && making.is_training(); }
    std::shared_ptr<const void> find_value(const std::string& key);
    Begun* find_begun(const std::string& key);
    void keep(Value value, std::int64_t begun_by);
    void drop(Values::iterator value);

    std::size_t most_bytes_;
    std::size_t bytes_ = 0;
    Values values_;  // the most recently used first
    std::map<std::string_view, Values::iterator> by_key_;
    std::map<std::string_view, Values::iterator> by_subject_;
    std::map<std::string, Begun, std::less<>> begun_;
    bool has_jobs_ = false;
    std::vector<std::string> for_jobs_;
    std::int64_t request_ = 0;
    std::int64_t last_drop_ = 0;  // the request of drop_unused()
};

}  // namespace plocal::runtime
