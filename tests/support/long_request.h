// A request that a test checks step by step, as the gate does: between two steps, others are answered.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include <gtest/gtest.h>

#include "server/app/engine/engine.h"
#include "server/base/json.h"
#include "server/local/control/control.h"
#include "server/wire/protocol/message.h"
#include "tests/support/world.h"

namespace plocal::support {

class LongRequest {
public:
    /// Begins a call of `/_local/`: LongRequest(world, "POST", "clock/advance", {{"by", "1h"}}).
    LongRequest(World& world, std::string method, const std::string& path, const base::Json& body = nullptr)
        : world_(world),
          method_(std::move(method)),
          target_("/_local/" + path),
          body_(body.is_null() ? "" : body.dump()),
          request_{.method = method_, .target = target_, .headers = {}, .body = body_},
          reply_(world.engine().answer(request_)) {}

    /// Begins a call of the service, unsigned or with this access key.
    LongRequest(World& world, const std::string& operation, const base::Json& input, const std::string& access_key)
        : world_(world),
          method_("POST"),
          target_("/"),
          body_(input.dump()),
          operation_("AmazonPersonalize." + operation),
          authorization_("AWS4-HMAC-SHA256 Credential=" + access_key +
                         "/20260131/us-east-1/personalize/aws4_request, SignedHeaders=host, Signature=00"),
          request_{.method = method_, .target = target_, .headers = {}, .body = body_} {
        request_.headers = {{"content-type", "application/x-amz-json-1.1"}, {"x-amz-target", operation_}};
        if (!access_key.empty()) request_.headers.push_back({"authorization", authorization_});
        reply_ = world.engine().answer(request_);
    }

    LongRequest(const LongRequest&) = delete;
    LongRequest& operator=(const LongRequest&) = delete;

    bool waits() const { return std::holds_alternative<control::Waiting>(reply_); }

    /// Checks it once more; it must wait. Returns false once it has its answer.
    bool step(bool is_stopping = false) {
        reply_ = world_.engine().check(request_, control::Waiting(std::get<control::Waiting>(reply_)), is_stopping);
        return waits();
    }

    /// Checks it until it has its answer.
    LongRequest& finish() {
        while (waits()) step();
        return *this;
    }

    /// Of the answer, which it must have.
    int status() const { return response().status; }
    base::Json body() const { return base::Json::parse(response().body); }

private:
    const protocol::Response& response() const { return std::get<protocol::Response>(reply_); }

    World& world_;
    std::string method_;
    std::string target_;
    std::string body_;
    std::string operation_;
    std::string authorization_;
    protocol::Request request_;
    control::Reply reply_;
};

}  // namespace plocal::support
