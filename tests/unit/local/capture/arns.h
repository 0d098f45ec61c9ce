// ARNs of an account for the tests of this folder.
#pragma once

#include <string>

namespace plocal::capture {

inline std::string arn(const std::string& type_and_id) {
    return "arn:aws:personalize:us-east-1:123456789012:" + type_and_id;
}

}  // namespace plocal::capture
