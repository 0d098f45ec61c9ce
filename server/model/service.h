// One AWS service, loaded from its table: operations, shapes, errors. Immutable once loaded; any thread.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/model/shape.h"

namespace plocal::model {

enum class Protocol { aws_json, rest_json };

struct Operation {
    std::string name;
    const Shape* input = nullptr;     // never null: an operation without input has an empty structure
    const Shape* output = nullptr;    // null for a void operation
    std::vector<std::string> errors;  // names of the exceptions that the model declares
    std::string path;                 // of a REST operation, whose method is POST; "/" under AWS JSON
};

class Service {
public:
    /// Reads a table in our own format, which CONTRIBUTING.md describes. Throws std::runtime_error if it is broken.
    explicit Service(std::string_view table);
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
    ~Service();

    const std::string& name() const { return name_; }  // "AmazonPersonalize": also the target's prefix
    Protocol protocol() const { return protocol_; }
    const std::deque<Operation>& operations() const { return operations_; }

    /// Return null if there is no such operation or shape. Results live as long as the service. Under AWS JSON no
    /// operation is found by its path.
    const Operation* operation(std::string_view operation_name) const;
    const Operation* operation_at(std::string_view path) const;
    const Shape* shape(std::string_view shape_name) const;

    /// Returns the HTTP status of a declared exception, and 400 for any other name.
    int status_of(std::string_view error_name) const;

private:
    std::string name_;
    Protocol protocol_ = Protocol::aws_json;
    std::deque<Shape> shapes_;
    std::deque<Operation> operations_;
    std::unordered_map<std::string_view, const Shape*> shapes_by_name_;
    std::unordered_map<std::string_view, const Operation*> operations_by_name_;
    std::unordered_map<std::string, int> error_statuses_;
};

/// The three services. Their tables are compiled in and loaded on first use.
const Service& personalize();
const Service& personalize_runtime();
const Service& personalize_events();

}  // namespace plocal::model
