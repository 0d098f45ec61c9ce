// A fixtures document of the resources that were found. Its text depends on nothing but them. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/instant.h"
#include "server/base/json.h"
#include "server/local/capture/plan.h"
#include "server/service/resources/kinds.h"

namespace plocal::capture {

class Document {
public:
    /// Adds the resources of a region. `account` takes the place of the account that owns them; "" for none.
    void add(std::map<std::string, FoundResource> resources, std::string_view account);

    /// Returns the text: by kind, and of a kind the oldest first, one resource a line. Resources of one moment are in
    /// the order in which a List has them, from its end.
    std::string text() const;

    /// The number of resources.
    std::size_t size() const;

    /// Returns the ARN of the resource at a JSON pointer into the text, "/filters/3/status"; "" where there is none.
    std::string arn_at(std::string_view pointer) const;

    /// Removes the resources whose ARNs are the keys of the map.
    void remove(const std::map<std::string, std::string>& arns);

    /// The members that the service has sent and that documents do not have: "filter.newMember".
    const std::set<std::string>& unknown_members() const { return unknown_members_; }

private:
    struct Entry {
        base::Instant created;
        std::string listed_for;
        std::int64_t from_end = 0;  // a greater number is nearer to the beginning of the List
        std::string arn;
        std::string text;
    };

    Entry entry_of(FoundResource resource);

    std::map<std::string_view, std::vector<Entry>> entries_;  // by kind, sorted
    std::set<std::string> unknown_members_;
};

}  // namespace plocal::capture
