#include <functional>

#include <gtest/gtest.h>

#include "server/model/service.h"
#include "server/model/validate.h"
#include "tests/support/breach.h"
#include "tests/support/sample.h"

namespace plocal::model {
namespace {

using base::Json;

void each_operation(const std::function<void(const Operation&)>& visit) {
    for (const Service* service : {&personalize(), &personalize_runtime(), &personalize_events()}) {
        for (const Operation& operation : service->operations()) {
            SCOPED_TRACE(operation.name);
            visit(operation);
        }
    }
}

TEST(EveryInput, IsAcceptedWithRequiredMembersOnly) {
    each_operation([](const Operation& operation) {
        const Json input = support::valid_input(*operation.input);
        EXPECT_FALSE(find_type_clash(*operation.input, input)) << input;
        EXPECT_TRUE(find_violations(*operation.input, input).empty()) << input;
    });
}

TEST(EveryInput, IsAcceptedWithEveryMember) {
    each_operation([](const Operation& operation) {
        const Json input = support::full_input(*operation.input);
        EXPECT_FALSE(find_type_clash(*operation.input, input)) << input;
        EXPECT_TRUE(find_violations(*operation.input, input).empty())
            << validation_message(find_violations(*operation.input, input));
    });
}

// Fidelity: documented | Lengths, ranges, patterns, enumerations and required members are those of the public model |
//   boto/botocore, personalize/2018-05-22/service-2.json; boto/botocore, personalize-runtime and personalize-events
TEST(EveryInput, ReportsEachBrokenConstraintAndNoOther) {
    std::size_t walked = 0;
    each_operation([&](const Operation& operation) {
        for (const support::Breach& breach : support::broken_constraints(*operation.input)) {
            SCOPED_TRACE(breach.name);
            const auto violations = find_violations(*operation.input, breach.input);
            EXPECT_FALSE(find_type_clash(*operation.input, breach.input));
            ASSERT_EQ(violations.size(), breach.constraints.size()) << validation_message(violations);
            for (std::size_t i = 0; i < violations.size(); ++i) {
                EXPECT_EQ(violations[i].path, breach.path);
                EXPECT_EQ(violations[i].constraint, breach.constraints[i]);
            }
            ++walked;
        }
    });
    EXPECT_GT(walked, 600u);
}

TEST(EveryInput, ReportsEachWrongType) {
    std::size_t walked = 0;
    each_operation([&](const Operation& operation) {
        for (const support::Breach& breach : support::broken_types(*operation.input)) {
            SCOPED_TRACE(breach.name);
            const auto clash = find_type_clash(*operation.input, breach.input);
            ASSERT_TRUE(clash);
            EXPECT_EQ(clash->path, breach.path);
            EXPECT_EQ(clash->text, breach.constraints.front());
            ++walked;
        }
    });
    EXPECT_GT(walked, 2000u);
}

}  // namespace
}  // namespace plocal::model
