// An invented service for tests. It has a member of each type, and containers of containers; none of the three real
// services has all of them.
#pragma once

#include "server/model/service.h"

namespace plocal::model {

inline constexpr const char* acts_table = R"({"service": "Acts", "protocol": "aws-json", "errors": {},
    "operations": {"Act": ["In", null, []]},
    "shapes": {
        "Text": ["string"], "Short": ["string", {"min": 1, "max": 3}], "Long": ["string", {"min": 3}],
        "Word": ["string", {"min": 2, "max": 3, "pattern": "[a-z]+"}], "Colour": ["string", {"enum": ["RED", "BLUE"]}],
        "Count": ["integer", {"min": 1, "max": 100}], "Any": ["integer"], "Weight": ["double", {"min": 0, "max": 0.5}],
        "Flag": ["boolean"], "Date": ["timestamp"],
        "Words": ["list", "Word", {"max": 2}], "Colours": ["list", "Colour"], "Counts": ["list", "Count"],
        "Tags": ["list", "Tag", {"min": 1, "max": 2}], "Table": ["list", "Words"],
        "Map": ["map", "Word", "Short", {"max": 2}], "Attributes": ["map", "Text", "Tag"],
        "Groups": ["map", "Text", "Words"],
        "Tag": {"tagKey!": "Short", "tagValue": "Text"},
        "Outer": {"inner!": "Inner", "name": "Text"}, "Inner": {"path!": "Word", "date": "Date"},
        "In": {"text": "Text", "short": "Short", "long": "Long", "word": "Word", "colour": "Colour", "count": "Count",
               "any": "Any", "weight": "Weight", "flag": "Flag", "date": "Date", "words": "Words", "colours": "Colours",
               "counts": "Counts", "tags": "Tags", "table": "Table", "map": "Map", "attributes": "Attributes",
               "groups": "Groups", "outer": "Outer"},
        "Strict": {"b!": "Text", "a!": "Text", "c!": "Flag"}
    }})";

inline const Shape& acts_shape(const char* name) {
    static const Service service(acts_table);
    return *service.shape(name);
}

}  // namespace plocal::model
