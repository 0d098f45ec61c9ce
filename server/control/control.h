// `/_local/`: what the tester asks of the server itself. Plain JSON in and out. On the thread that owns the store.
#pragma once

#include <string>
#include <string_view>

#include "server/protocol/message.h"
#include "storage/store.h"

namespace plocal::control {

/// Whether a target is a control call, known or not.
bool is_control(std::string_view target);

class Control {
public:
    /// The store must outlive the control. `version` is the program's.
    Control(storage::Store& store, std::string version);

    /// Answers every control call; what is wrong with it is told in the answer, as `{"error": "..."}` with a 4xx. May
    /// throw SqlError.
    protocol::Response answer(const protocol::Request& request);

private:
    std::string health();
    std::string index();

    struct Call;
    static const Call calls[];

    storage::Store& store_;
    std::string version_;
};

}  // namespace plocal::control
