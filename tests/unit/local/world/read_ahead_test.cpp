#include "server/local/world/read_ahead.h"

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/local/snapshot/readings.h"

namespace plocal::world {
namespace {

using snapshot::arn;
using snapshot::Document;
using snapshot::FixtureReader;
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

    ReadAhead::Read reading() {
        return [this](std::vector<snapshot::Fixture>& batch) { return reader_.next(batch); };
    }

private:
    lifecycle::Clocks clocks_{lifecycle::Clock::frozen(snapshot::loading)};
    lifecycle::ClockReadings readings_{clocks_};
    lifecycle::PlanOverrides plans_{lifecycle::Plan{}};
    FixtureReader reader_;
};

std::vector<std::size_t> sizes_of_batches(ReadAhead::Read read, Where where) {
    ReadAhead ahead(std::move(read), where);
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
    EXPECT_EQ(sizes_of_batches(good.reading(), GetParam()), expected);
}

TEST_P(ReadAheadTest, PassesOnWhatTheReadingThrows) {
    ReadAhead ahead([](std::vector<snapshot::Fixture>&) -> bool { throw std::out_of_range("mine"); }, GetParam());
    ahead.wait();
    std::vector<snapshot::Fixture> batch;
    EXPECT_THROW(ahead.take(batch), std::out_of_range);
}

TEST_P(ReadAheadTest, CanBeEndedBeforeAllIsRead) {
    ReaderOf good(document_of(R"({"batchInferenceJobArn": ")" + arn("batch-inference-job/first") + "\"}"));
    std::vector<snapshot::Fixture> batch;
    {
        ReadAhead ahead(good.reading(), GetParam());
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
