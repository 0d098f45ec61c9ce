#include "server/local/world/read_ahead.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/local/snapshot/readings.h"

namespace plocal::world {
namespace {

using snapshot::arn;
using snapshot::Document;
using snapshot::FixtureReader;
using testing::Each;
using testing::SizeIs;
using Where = ReadAhead::Where;

/// More jobs than are read ahead at once.
constexpr int job_count = 2'500;

Document document_of(const std::string& first_member) {
    std::string text = R"({"batchInferenceJobs": [)" + first_member;
    for (int i = 0; i < job_count; ++i) {
        text += R"(, {"batchInferenceJobArn": ")" + arn("batch-inference-job/job-" + std::to_string(i)) + "\"}";
    }
    return {"jobs.json", text + "]}"};
}

/// A reader of one document, with all that it refers to.
class ReaderOf {
public:
    explicit ReaderOf(const Document& document)
        : reader_(snapshot::DocumentSet({document}, {}).reader({plans_, readings_})) {}

    FixtureReader& reader() { return reader_; }

private:
    lifecycle::Clocks clocks_{lifecycle::Clock::frozen(snapshot::loading)};
    lifecycle::ClockReadings readings_{clocks_};
    lifecycle::PlanOverrides plans_{lifecycle::Plan{}};
    FixtureReader reader_;
};

std::vector<std::size_t> sizes_of_batches(FixtureReader& reader, Where where) {
    ReadAhead ahead(reader, where);
    std::vector<std::size_t> sizes;
    std::vector<snapshot::Fixture> batch;
    while (!ahead.is_over()) {
        ahead.wait();
        if (ahead.take(batch)) sizes.push_back(batch.size());
    }
    return sizes;
}

class ReadAheadTest : public testing::TestWithParam<Where> {};

TEST_P(ReadAheadTest, ReturnsAllFixturesInBatches) {
    ReaderOf good(document_of(R"({"batchInferenceJobArn": ")" + arn("batch-inference-job/first") + "\"}"));
    std::vector<std::size_t> expected(job_count / FixtureReader::most_at_once, FixtureReader::most_at_once);
    expected.push_back(1);
    EXPECT_EQ(sizes_of_batches(good.reader(), GetParam()), expected);
}

TEST_P(ReadAheadTest, ReturnsNothingToKeepAfterAProblem) {
    ReaderOf bad(document_of("7"));
    const std::vector<std::size_t> sizes = sizes_of_batches(bad.reader(), GetParam());
    EXPECT_THAT(sizes, SizeIs(job_count / FixtureReader::most_at_once + 1));
    EXPECT_THAT(sizes, Each(0U));
    EXPECT_THAT(bad.reader().problems().list(), SizeIs(1));
}

TEST_P(ReadAheadTest, CanBeEndedBeforeAllIsRead) {
    ReaderOf good(document_of(R"({"batchInferenceJobArn": ")" + arn("batch-inference-job/first") + "\"}"));
    std::vector<snapshot::Fixture> batch;
    {
        ReadAhead ahead(good.reader(), GetParam());
        ahead.wait();
        ASSERT_TRUE(ahead.take(batch));
    }
    EXPECT_THAT(batch, SizeIs(FixtureReader::most_at_once));
}

INSTANTIATE_TEST_SUITE_P(, ReadAheadTest, testing::Values(Where::in_place, Where::on_own_thread),
                         [](const auto& where) {
                             return where.param == Where::in_place ? "InPlace" : "OnItsOwnThread";
                         });

}  // namespace
}  // namespace plocal::world
