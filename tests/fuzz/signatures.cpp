// Signatures of Version 4: a request as METHOD TARGET, NAME: VALUE lines, an empty line and a body. A claim that is
// refused can be written as a response of each protocol, and what the signer signs the verifier accepts.
#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/model/api_error.h"
#include "server/wire/protocol/aws_json.h"
#include "server/wire/protocol/rest_json.h"
#include "server/wire/signing/sign.h"
#include "server/wire/signing/verify.h"
#include "tests/fuzz/target.h"

namespace plocal::fuzz {
namespace {

using protocol::Request;

constexpr const char* signer_key = "AKIDEXAMPLE";
constexpr const char* signer_secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// The moment of the published examples.
constexpr std::chrono::sys_seconds signing_moment{std::chrono::sys_days(std::chrono::year(2015) / 8 / 30) +
                                                  std::chrono::hours(12) + std::chrono::minutes(36)};

const signing::Credentials& known_credentials() {
    static const signing::Credentials known(
        std::map<std::string, signing::Credential, std::less<>>{{signer_key, {signer_secret, "", "default"}}});
    return known;
}

Request request_of(std::string_view input) {
    std::string_view line = take_until(input, "\n");
    Request request;
    request.method = take_until(line, " ");
    request.target = line;
    for (line = take_until(input, "\n"); !line.empty(); line = take_until(input, "\n")) {
        const std::string_view name = take_until(line, ": ");
        request.headers.push_back({name, line});
    }
    request.body = input;
    return request;
}

/// Returns true if the request is accepted.
bool is_accepted(const Request& request, std::string_view service) {
    try {
        signing::verify_signature(request, known_credentials(), {signing_moment, signing_moment}, {.service = service});
        return true;
    } catch (const model::ApiError& error) {
        require(!error.message().empty() && !error.why().empty(), "a refusal says why");
        for (const auto* const wire : {&protocol::aws_json::protocol, &protocol::rest_json::protocol}) {
            base::parse_json(wire->error(error, {"id", "date"}).body);
        }
        return false;
    }
}

/// A request without what the signer adds.
Request unsigned_part(const Request& request) {
    Request bare = request;
    std::erase_if(bare.headers, [](const protocol::RequestHeader& header) {
        constexpr std::string_view added[] = {"host", "authorization", "x-amz-date", "x-amz-security-token",
                                              "x-amz-content-sha256"};
        return std::ranges::any_of(added,
                                   [&](std::string_view name) { return base::is_same_in_any_case(header.name, name); });
    });
    bare.headers.push_back({"host", "localhost:7377"});
    return bare;
}

bool is_token(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) { return base::is_letter_or_digit(c) || c == '-'; });
}

void require_signable(const Request& request) {
    const bool has_names = std::ranges::all_of(request.headers, is_token, &protocol::RequestHeader::name);
    if (!has_names || request.target.find("X-Amz-") != std::string_view::npos ||
        request.target.find("x-amz-") != std::string_view::npos || request.target.find('%') != std::string_view::npos ||
        request.target.find("AWSAccessKeyId") != std::string_view::npos) {
        return;
    }
    for (const bool is_s3 : {false, true}) {
        const auto target = is_s3 ? signing::s3_target("us-east-1")
                                  : signing::SigningTarget{.region = "us-east-1", .service = "personalize"};
        Request signed_one = unsigned_part(request);
        const auto headers = signing::sign(signed_one, {signer_key, signer_secret, ""}, target, signing_moment);
        for (const signing::SignedHeader& header : headers) signed_one.headers.push_back({header.name, header.value});
        require(is_accepted(signed_one, target.service), "what is signed is accepted", request.target);
        const std::string body = std::string(request.body) + "x";
        signed_one.body = body;
        require(!is_accepted(signed_one, target.service), "another body is refused", request.target);
    }
}

void run_signatures(std::string_view input) {
    const Request request = request_of(input);
    is_accepted(request, "personalize");
    is_accepted(request, "s3");
    require_signable(request);
}

}  // namespace
}  // namespace plocal::fuzz

PLOCAL_FUZZ_TARGET(signatures, plocal::fuzz::run_signatures)
