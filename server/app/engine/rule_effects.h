// What a rule that fired does to a request's answer. Pure.
#pragma once

#include "server/local/rules/rule_book.h"
#include "server/model/api_error.h"
#include "server/model/service.h"
#include "server/wire/protocol/message.h"

namespace plocal::engine {

/// The refusal that a rule with an error asks for.
model::ApiError ruled_error(const rules::Rule& rule, const model::Service& service);

/// Has the network do what the rule that fired wants. There must be one.
void disturb(protocol::Response& response, const rules::Firing& firing);

/// Has the answer say that this rule fired, and no other reason.
void set_why_header(protocol::Response& response, const rules::Rule& rule);

}  // namespace plocal::engine
