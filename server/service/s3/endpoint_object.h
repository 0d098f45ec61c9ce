// An object at an endpoint, read as it is asked for. A connection that is cut is replaced by another one for the rest
// of the same version of the object. Blocks; one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "server/base/pieces.h"
#include "server/service/s3/caller.h"
#include "server/service/s3/exchange.h"

namespace plocal::s3 {

class EndpointObject final : public base::Pieces {
public:
    /// Begins to read. Throws StoreError, for an object that does not exist too, and Aborted.
    EndpointObject(const Endpoint& endpoint, ObjectName name, Access access);

    std::string_view next() override;

private:
    Call call() const;
    void open(Patience& patience);
    bool take_head(const http::ClientResponse& head, Patience& patience);
    [[noreturn]] void fail_changed() const;
    std::string read_short_body();
    void pause_after(const http::ClientError& error, Patience& patience);

    const Endpoint& endpoint_;
    const ObjectName name_;
    const Access access_;
    std::string etag_;           // of the version that is being read; empty if the endpoint gives none
    std::uint64_t offset_ = 0;   // of the next byte
    std::uint64_t skipped_ = 0;  // bytes to skip of an answer that begins before the offset
    std::unique_ptr<Exchange> exchange_;
};

}  // namespace plocal::s3
