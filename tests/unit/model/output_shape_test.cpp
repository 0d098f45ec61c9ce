#include "tests/support/output_shape.h"

#include <functional>

#include <gtest/gtest.h>

#include "server/model/service.h"
#include "tests/support/breach.h"
#include "tests/support/sample.h"

namespace plocal::support {
namespace {

using base::Json;
using model::Operation;

void each_output(const std::function<void(const model::Shape&)>& visit) {
    for (const Operation& operation : model::personalize().operations()) {
        SCOPED_TRACE(operation.name);
        if (operation.output != nullptr) visit(*operation.output);
    }
}

TEST(OutputShape, AcceptsTheFullestOutput) {
    each_output([](const model::Shape& shape) { EXPECT_EQ(find_misfit(shape, full_input(shape)), ""); });
}

TEST(OutputShape, FindsAnUnknownMember) {
    each_output([](const model::Shape& shape) {
        Json answer = full_input(shape);
        answer["noSuchMember"] = 1;
        EXPECT_EQ(find_misfit(shape, answer), "/noSuchMember is none of " + shape.name);
    });
}

TEST(OutputShape, FindsEachWrongType) {
    std::size_t walked = 0;
    each_output([&walked](const model::Shape& shape) {
        for (const Breach& breach : broken_types(shape)) {
            if (breach.path.empty()) continue;
            EXPECT_NE(find_misfit(shape, breach.input), "") << breach.name;
            ++walked;
        }
    });
    EXPECT_GT(walked, 500u);
}

TEST(OutputShape, FindsAMissingMember) {
    std::size_t walked = 0;
    each_output([&walked](const model::Shape& shape) {
        for (const Breach& breach : broken_constraints(shape)) {
            if (!breach.name.ends_with("absent") && !breach.name.ends_with("null")) continue;
            EXPECT_NE(find_misfit(shape, breach.input), "") << breach.name;
            ++walked;
        }
    });
    EXPECT_GT(walked, 10u);
}

}  // namespace
}  // namespace plocal::support
