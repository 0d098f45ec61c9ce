#include "server/service/s3/endpoint_store.h"

#include <string>
#include <utility>

#include "server/service/s3/answers.h"
#include "server/service/s3/caller.h"
#include "server/service/s3/endpoint_object.h"
#include "server/service/s3/endpoint_writer.h"
#include "server/service/s3/store_errors.h"

namespace plocal::s3 {
namespace {

Call list_call(const ObjectName& prefix, const std::string& token) {
    Call call{.method = "GET",
              .name = prefix,
              .query = {{"list-type", "2"}, {"encoding-type", "url"}, {"max-keys", "1000"}, {"prefix", prefix.key}},
              .is_of_bucket = true};
    if (!token.empty()) call.query.emplace_back("continuation-token", token);
    return call;
}

/// Without a key, a request would be for the bucket.
void require_key(const ObjectName& name, const char* code) {
    if (name.key.empty()) fail(name, std::string(code) + ": the path has no key");
}

}  // namespace

EndpointStore::EndpointStore(Endpoint endpoint) : endpoint_(std::move(endpoint)) {}

void EndpointStore::list(const ObjectName& prefix, const std::function<void(const ListedObject&)>& visit,
                         const Access& access) {
    const Caller caller(endpoint_, access);
    std::string token;
    for (;;) {
        const ListPage page = read_list_page(caller.call(list_call(prefix, token)).body);
        if (!page.fault.empty()) {
            fail(prefix, endpoint_.url.endpoint() + " lists objects in another form than S3: " + page.fault);
        }
        for (const ListedObject& object : page.objects) {
            require_wanted(access);
            if (object.key.starts_with(prefix.key) && !object.key.ends_with('/')) visit(object);
        }
        if (!page.is_truncated) return;
        if (page.next_token == token) fail(prefix, endpoint_.url.endpoint() + " lists one page without end");
        token = page.next_token;
    }
}

std::unique_ptr<base::Pieces> EndpointStore::read(const ObjectName& name, const Access& access) {
    require_key(name, "NoSuchKey");
    return std::make_unique<EndpointObject>(endpoint_, name, access);
}

std::unique_ptr<ObjectWriter> EndpointStore::write(const ObjectName& name, const Access& access) {
    require_key(name, "InvalidKey");
    return std::make_unique<EndpointWriter>(endpoint_, name, access);
}

}  // namespace plocal::s3
