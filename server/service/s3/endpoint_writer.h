// An object that is written to an endpoint: a short one by one PUT when it is finished, a long one in parts, which
// become the object when it is finished. Holds one part in memory. Blocks; one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/service/s3/caller.h"

namespace plocal::s3 {

/// The size of a part, by its number from 1: 8 MiB, and more in long uploads, so that 10,000 parts are enough for what
/// S3 takes as an object.
std::size_t part_bytes(std::size_t number);

class EndpointWriter final : public ObjectWriter {
public:
    EndpointWriter(const Endpoint& endpoint, ObjectName name, Access access);

    /// Aborts an upload that is not finished; the endpoint then drops its parts. Waits a short time for that.
    ~EndpointWriter() override;

    void write(std::string_view piece) override;
    void seal() override;
    void finish() override;
    void withdraw() noexcept override;

private:
    void begin_upload();
    void send_part();
    void complete();
    std::optional<http::ClientResponse> find_object() const;

    const ObjectName name_;
    const Caller caller_;
    std::string part_;       // what has not been sent yet
    std::string upload_id_;  // empty while no upload has begun and after its end
    std::vector<std::string> etags_;
    std::uint64_t size_bytes_ = 0;  // that were sent in parts
};

}  // namespace plocal::s3
