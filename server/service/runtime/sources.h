// What requests name, looked up and kept as long as nothing changes. On the thread that owns the store.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "server/base/json.h"
#include "server/service/resources/context.h"
#include "server/service/runtime/group.h"
#include "server/service/runtime/source.h"

namespace plocal::runtime {

struct Resolved {
    Source source;
    Group group;
};

class Sources {
public:
    /// Returns the source that an input names, and its group. Throws ApiError as `find_source`, and SqlError.
    std::shared_ptr<const Resolved> find(resources::Context& context, const base::Json& input);

    /// Returns a solution version itself, whatever its status, and its group. Of one that does not exist nothing is
    /// known but its ARN and the account that names it. Throws SqlError.
    std::shared_ptr<const Resolved> find_trained(resources::Context& context, const std::string& arn,
                                                 const std::string& account);

private:
    const std::shared_ptr<const Resolved>* find_kept(resources::Context& context, const std::string& key);
    std::shared_ptr<const Resolved> keep(resources::Context& context, const std::string& key, Source source);

    std::map<std::string, std::shared_ptr<const Resolved>> found_;
    std::int64_t writes_ = -1;  // of the resources when they were found
    std::int64_t switches_ = -1;
};

}  // namespace plocal::runtime
