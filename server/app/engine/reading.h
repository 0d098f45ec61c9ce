// What a request to a service says, so far as it can be read without the world. From any thread: a request is read
// before it enters the gate, so that the gate is held for less.
#pragma once

#include <exception>
#include <optional>

#include "server/wire/protocol/message.h"
#include "server/wire/protocol/recognise.h"
#include "server/wire/protocol/wire_protocol.h"

namespace plocal::engine {

struct Reading {
    protocol::Recognised recognised;
    std::optional<protocol::Call> call;  // nothing where `refusal` is set
    std::exception_ptr refusal;          // why the request is no call: the protocol's ApiError, or a fault
    std::exception_ptr bad_input;        // the ApiError for an input that violates the model; null for a good one
};

/// Reads a request. Throws nothing.
Reading read(const protocol::Request& request);

}  // namespace plocal::engine
