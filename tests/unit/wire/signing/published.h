// AWS's published suite of signed requests: awslabs/aws-c-auth, tests/aws-signing-test-suite/v4.
#pragma once

#include <algorithm>
#include <fstream>
#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "server/base/json.h"
#include "tests/support/source_folder.h"
#include "tests/unit/wire/signing/requests.h"

namespace plocal::signing {

inline const SigningTerms published_terms{.service = "service"};

inline base::Json published() {
    std::ifstream file(std::string(test::source_folder) + "/tests/golden/sigv4/published.json");
    return base::Json::parse(file);
}

/// A published case as it is sent, with its published signature in `place`: "header" or "query".
inline RequestDraft published_request(const base::Json& one, const std::string& place) {
    const std::string token = one.value("token", "");
    const std::string names = one[place]["signedHeaders"];
    const std::string signature = one[place]["signature"];
    const std::string credential = example_key + "/20150830/us-east-1/service/aws4_request";
    RequestDraft draft{.method = one["method"], .target = one["target"], .headers = {}, .body = one.value("body", "")};
    for (const base::Json& header : one["headers"]) draft.headers.emplace_back(header[0], header[1]);
    if (place == "header") {
        if (!token.empty()) draft.header("X-Amz-Security-Token") = token;
        if (one.contains("hashHeader")) draft.header("x-amz-content-sha256") = sha256(draft.body);
        draft.header("X-Amz-Date") = example_date;
        draft.header("Authorization") =
            "AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=" + names + ", Signature=" + signature;
        return draft;
    }
    draft.target += draft.target.find('?') == std::string::npos ? "?" : "&";
    draft.target += "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + credential + "&X-Amz-Date=" + example_date +
                    "&X-Amz-SignedHeaders=" + names + "&X-Amz-Expires=3600";
    if (!token.empty()) draft.target += "&X-Amz-Security-Token=" + percent_encoded(token);
    draft.target += "&X-Amz-Signature=" + signature;
    return draft;
}

/// Calls `act` for each case and place. `is_accepted` is false where the case signs by rules that are not ours.
inline void for_each_published(
    const std::function<void(const base::Json&, const std::string& place, bool is_accepted)>& act) {
    for (const base::Json& one : published()) {
        for (const std::string place : {"header", "query"}) {
            SCOPED_TRACE(one["name"].get<std::string>() + " by " + place);
            const base::Json refused = one.value("refused", base::Json::array());
            act(one, place, std::find(refused.begin(), refused.end(), place) == refused.end());
        }
    }
}

inline Credentials published_credentials(const base::Json& one, const std::string& secret = example_secret) {
    return credentials_of(example_key, secret, one.value("token", ""));
}

}  // namespace plocal::signing
