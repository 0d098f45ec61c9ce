#include "server/local/rules/effects.h"

#include <gtest/gtest.h>

namespace plocal::rules {
namespace {

TEST(ErrorEffect, HasTheStatusOfTheService) {
    const struct {
        const char* type;
        int given;  // 0 for none
        const model::Service& service;
        int status;
    } cases[] = {
        {"ThrottlingException", 0, model::personalize(), 400},
        {"ThrottlingException", 429, model::personalize(), 429},
        {"ResourceNotFoundException", 0, model::personalize(), 400},
        {"ResourceNotFoundException", 0, model::personalize_runtime(), 404},
        {"InternalFailure", 0, model::personalize(), 500},
        {"InternalFailure", 502, model::personalize(), 502},
        {"ServiceUnavailable", 0, model::personalize_events(), 503},
    };
    for (const auto& one : cases) {
        ErrorEffect error;
        error.type = one.type;
        if (one.given != 0) error.status = one.given;
        EXPECT_EQ(error.status_in(one.service), one.status) << one.type << " of " << one.service.name();
    }
}

}  // namespace
}  // namespace plocal::rules
