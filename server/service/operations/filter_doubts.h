// What CreateFilter would refuse about the filters of documents once the datasets of their groups are known: columns
// and datasets that are not there. A group that comes without datasets may have any. Plain values, for one thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/languages/filter/check.h"

namespace plocal::operations {

class FilterDoubts {
public:
    /// Returns true for a kind that is to be noted: schemas, datasets and filters.
    static bool concerns(std::string_view kind);

    /// Notes a resource of such a kind. `document` is as in a record, `place` is where it was read.
    void note(std::string_view kind, std::string_view arn, std::string_view document, std::string place);

    struct Doubt {
        std::string place;    // of the filter
        std::string refusal;  // the message of the service
    };

    /// Returns the doubts, in order of the filters' ARNs.
    std::vector<Doubt> list() const;

private:
    struct Dataset {
        std::string arn;
        std::string schema;  // its ARN
    };
    struct Filter {
        std::string group;
        std::string expression;
        std::string place;
    };
    using Group = std::map<std::string, Dataset, std::less<>>;  // by type

    languages::FilterDatasets columns_of(const Group& group) const;
    std::string refusal_of(const Filter& filter, const Group& group) const;

    std::map<std::string, std::string, std::less<>> schemas_;  // their texts, by ARN
    std::map<std::string, Group, std::less<>> groups_;         // by ARN
    std::map<std::string, Filter, std::less<>> filters_;       // by ARN
};

}  // namespace plocal::operations
