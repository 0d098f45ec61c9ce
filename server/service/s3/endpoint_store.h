// Objects at an S3 endpoint: AWS, LocalStack, MinIO and whatever else speaks the same API. Requests are path-style and
// signed for the region of each call. Buckets are never created. Objects come in the order that the endpoint lists.
#pragma once

#include <functional>
#include <memory>

#include "server/service/s3/endpoint.h"
#include "server/service/s3/object_store.h"

namespace plocal::s3 {

class EndpointStore final : public ObjectStore {
public:
    explicit EndpointStore(Endpoint endpoint);

    /// Leaves out keys that end in a slash: consoles make such objects to show a folder.
    void list(const ObjectName& prefix, const std::function<void(const ListedObject&)>& visit,
              const Access& access) override;
    std::unique_ptr<base::Pieces> read(const ObjectName& name, const Access& access) override;
    std::unique_ptr<ObjectWriter> write(const ObjectName& name, const Access& access) override;

private:
    const Endpoint endpoint_;
};

}  // namespace plocal::s3
