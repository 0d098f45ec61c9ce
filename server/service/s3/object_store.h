// Where the objects of s3:// URLs are. Calls block their thread until the store has answered: for threads of the job
// queue, never inside the gate. A store may be used from several threads; what it returns, from one at a time.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "server/base/pieces.h"

namespace plocal::s3 {

/// The name of an object, or of all objects whose key begins with this one.
struct ObjectName {
    std::string bucket;
    std::string key;

    /// "s3://bucket/key"
    std::string url() const { return "s3://" + bucket + "/" + key; }
};

struct ListedObject {
    std::string key;
    std::uint64_t size_bytes = 0;
};

/// Why the store did not do what it was asked to. what() is for people and becomes a job's failureReason: it names the
/// path and the cause ("s3://bucket/users.json: NoSuchKey ...").
class StoreError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The work was aborted while a call of the store was going on.
class Aborted : public std::exception {
public:
    const char* what() const noexcept override { return "the work was aborted"; }
};

/// What a call is made for. A call that lasts checks `is_aborted` often enough for a stop within half a second, and
/// throws Aborted.
struct Access {
    std::string region;
    std::function<bool()> is_aborted;
};

/// An object that is being written. It does not exist, nor replace an older one, before `finish` has returned; without
/// `finish` nothing of it is left. Each call throws StoreError and Aborted.
class ObjectWriter {
public:
    ObjectWriter() = default;
    ObjectWriter(const ObjectWriter&) = delete;
    ObjectWriter& operator=(const ObjectWriter&) = delete;
    virtual ~ObjectWriter() = default;

    virtual void write(std::string_view piece) = 0;

    /// To be called once all is written, where `finish` comes much later: what the writer holds becomes small.
    virtual void seal() = 0;

    virtual void finish() = 0;

    /// Removes the object again, after `finish`. What it has replaced does not come back. Throws nothing: an object
    /// that cannot be removed stays.
    virtual void withdraw() noexcept = 0;
};

/// Each call throws StoreError and Aborted.
class ObjectStore {
public:
    ObjectStore() = default;
    ObjectStore(const ObjectStore&) = delete;
    ObjectStore& operator=(const ObjectStore&) = delete;
    virtual ~ObjectStore() = default;

    /// Calls `visit` for each object whose key begins with that of `prefix`, in bytewise order. A bucket that does not
    /// exist is an error; no such object is none.
    virtual void list(const ObjectName& prefix, const std::function<void(const ListedObject&)>& visit,
                      const Access& access) = 0;

    /// Reads an object from its beginning. The pieces throw StoreError and Aborted too; the store must outlive them.
    virtual std::unique_ptr<base::Pieces> read(const ObjectName& name, const Access& access) = 0;

    /// Begins an object. The store must outlive the writer.
    virtual std::unique_ptr<ObjectWriter> write(const ObjectName& name, const Access& access) = 0;
};

}  // namespace plocal::s3
