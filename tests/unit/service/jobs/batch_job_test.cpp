#include "server/service/jobs/batch_job.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/jobs/batch_world.h"

namespace plocal::jobs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* one_line = "{\"userId\":\"ann\"}\n";
constexpr const char* one_answer =
    "{\"input\":{\"userId\":\"ann\"},\"output\":{\"recommendedItems\":[\"a\",\"b\",\"c\",\"d\",\"e\"]},\"error\":null}"
    "\n";

class BatchJobTest : public testing::Test {
protected:
    void begin(Json more = Json::object()) { films.begin("Inference", "popularity-count", std::move(more)); }
    static Json from(const char* path) { return {{"jobInput", {{"s3DataSource", {{"path", path}}}}}}; }
    static Json to(const char* path) { return {{"jobOutput", {{"s3DataDestination", {{"path", path}}}}}}; }

    /// The objects after a job from and to these paths, without the inputs.
    std::vector<std::string> left_by(const char* input, const char* output) {
        Json paths = from(input);
        paths.update(to(output));
        begin(paths);
        films.finish();
        EXPECT_EQ(films.outcome(), "ACTIVE");
        std::vector<std::string> objects = films.objects();
        std::erase_if(objects, [](const std::string& object) { return object.starts_with("in"); });
        return objects;
    }

    BatchWorld films{films_for({"popularity-count"})};
};

// Fidelity: documented | The input path is a prefix: each object whose key begins with it is read |
//   DG/creating-batch-inference-job.html
// Fidelity: seen | The output of an input lies in the output folder by its base name with .out behind it, beside an
//   empty object _CHECK | aws-samples/amazon-personalize-samples, update-datasets-user-personalization-example.ipynb
TEST_F(BatchJobTest, ReadsEachObjectOfThePrefixAndLeavesItsOutputAndCheck) {
    films.put("in/users.json", one_line);
    films.put("in/more/others", one_line);
    films.put("in-test.json", "");
    films.put("input", one_line);
    EXPECT_THAT(left_by("s3://bucket/in", "s3://bucket/out/"),
                ElementsAre("out/_CHECK 0", "out/in-test.json.out 0", "out/input.out 92", "out/others.out 92",
                            "out/users.json.out 92"));
    EXPECT_EQ(films.get("out/others.out"), one_answer);
}

// Fidelity: inferred | An output path without a slash at its end is a folder too | -
TEST_F(BatchJobTest, TakesAnyOutputPathForAFolder) {
    films.put("in/users.json", one_line);
    EXPECT_THAT(left_by("s3://bucket/in/", "s3://bucket/out/deep"),
                ElementsAre("out/deep/_CHECK 0", "out/deep/users.json.out 92"));
}

TEST_F(BatchJobTest, WritesIntoTheBucketItselfWhereThePathHasNoKey) {
    films.put("in/users.json", one_line);
    EXPECT_THAT(left_by("s3://bucket/in/users.json", "s3://bucket"), ElementsAre("_CHECK 0", "users.json.out 92"));
}

TEST_F(BatchJobTest, DoesNotReadWhatAJobLeftInItsOutputFolder) {
    films.put("in/users.json", one_line);
    for (int i = 0; i < 2; ++i) {
        begin(to("s3://bucket/in/sub"));
        films.finish();
        EXPECT_EQ(films.outcome(), "ACTIVE");
    }
    EXPECT_THAT(films.objects(), ElementsAre("in/sub/_CHECK 0", "in/sub/users.json.out 92", "in/users.json 17"));
}

TEST_F(BatchJobTest, FailsWhereThereIsNothingToReadOrNoBucket) {
    const struct {
        const char* name;
        Json paths;
        const char* reason;
    } cases[] = {
        {"no object", from("s3://bucket/none/"), "CREATE FAILED: s3://bucket/none/: there is no object"},
        {"no bucket to read", from("s3://other/in/"), "CREATE FAILED: s3://other/in/: NoSuchBucket"},
        {"no bucket to write", to("s3://other/out/"), "CREATE FAILED: s3://other/out/_CHECK: NoSuchBucket"},
    };
    films.put("in/users.json", one_line);
    for (const auto& each : cases) {
        begin(each.paths);
        films.finish();
        EXPECT_THAT(films.outcome(), testing::StartsWith(each.reason)) << each.name;
    }
}

TEST_F(BatchJobTest, RefusesTwoInputsOfOneBaseNameBeforeItWritesAnOutput) {
    films.put("in/1/users.json", one_line);
    films.put("in/2/users.json", one_line);
    begin();
    films.finish();
    EXPECT_EQ(films.outcome(),
              "CREATE FAILED: s3://bucket/out/users.json.out would be the output of both s3://bucket/in/1/users.json "
              "and s3://bucket/in/2/users.json");
    EXPECT_EQ(films.get("out/_CHECK"), "");
    EXPECT_THAT(films.get("out/users.json.out"), HasSubstr("NoSuchKey"));
}

// Fidelity: documented | A batch job reads at most 1000 files and 1 GB | DG/limits.html
// Fidelity: inferred | A job whose input is larger than a quota ends in CREATE FAILED, since its size is known only
//   when the input is listed | -
TEST_F(BatchJobTest, FailsBeyondTheQuotasOfItsInput) {
    films.put("in/1.json", one_line);
    films.put("in/2.json", one_line);
    const struct {
        Json limits;
        const char* outcome;
    } cases[] = {
        {{{"batchInputFiles", 2}, {"batchInputBytes", 34}}, "ACTIVE"},
        {{{"batchInputFiles", 1}},
         "CREATE FAILED: s3://bucket/in/: the input has 2 files, and the quota batchInputFiles is 1"},
        {{{"batchInputBytes", 33}},
         "CREATE FAILED: s3://bucket/in/: the input has 34 bytes, and the quota batchInputBytes is 33"},
    };
    for (const auto& each : cases) {
        const std::string body = Json({{"mode", "aws"}, {"limits", each.limits}}).dump();
        films.world().send({.method = "PUT", .target = "/_local/quotas", .headers = {}, .body = body});
        begin();
        films.finish();
        EXPECT_EQ(films.outcome(), each.outcome);
    }
}

TEST_F(BatchJobTest, ShowsAnOutputOnceItIsWhole) {
    std::string lines;
    for (int i = 0; i < 1000; ++i) lines += "{\"userId\":\"u" + std::to_string(i) + "\"}\n";
    films.put("in/users.json", lines);
    begin();
    std::size_t slices = 0;
    while (films.outcome() != "ACTIVE" && films.step()) {
        ++slices;
        const std::string output = films.get("out/users.json.out");
        const bool is_there = output.find("NoSuchKey") == std::string::npos;
        EXPECT_EQ(is_there ? std::ranges::count(output, '\n') : 1000, 1000);
    }
    EXPECT_GT(slices, 10u);
    EXPECT_EQ(std::ranges::count(films.get("out/users.json.out"), '\n'), 1000);
}

TEST_F(BatchJobTest, LeavesNoOutputWhereItIsAborted) {
    std::string lines;
    for (int i = 0; i < 1000; ++i) lines += "{\"userId\":\"u" + std::to_string(i) + "\"}\n";
    films.put("in/users.json", lines);
    begin();
    for (int i = 0; i < 8; ++i) ASSERT_TRUE(films.step());
    const std::string body = Json({{"arn", arn("batch-inference-job/job-1")}, {"to", "CREATE FAILED"}}).dump();
    const support::Answer forced =
        films.world().send({.method = "POST", .target = "/_local/transition", .headers = {}, .body = body});
    EXPECT_EQ(forced.status, 200) << forced.text;
    films.finish();
    EXPECT_THAT(films.outcome(), testing::StartsWith("CREATE FAILED"));
    EXPECT_THAT(films.objects(), ElementsAre("in/users.json " + std::to_string(lines.size()), "out/_CHECK 0"));
}

/// A store in which the read of one object, or the end of another one, breaks off.
class BreakingStore : public s3::ObjectStore {
public:
    BreakingStore(s3::ObjectStore& store, std::string key) : store_(store), key_(std::move(key)) {}

    /// Calls it before an object of this key is finished.
    void before_end_of(const std::string& key, std::function<void()> call) {
        end_key_ = key;
        call_ = std::move(call);
    }

    void list(const s3::ObjectName& prefix, const std::function<void(const s3::ListedObject&)>& visit,
              const s3::Access& access) override {
        store_.list(prefix, visit, access);
    }
    std::unique_ptr<base::Pieces> read(const s3::ObjectName& name, const s3::Access& access) override {
        if (name.key != key_) return store_.read(name, access);
        return std::make_unique<BrokenPieces>(name.url());
    }
    std::unique_ptr<s3::ObjectWriter> write(const s3::ObjectName& name, const s3::Access& access) override {
        if (name.key != end_key_) return store_.write(name, access);
        return std::make_unique<BreakingWriter>(store_.write(name, access), call_);
    }

private:
    struct BreakingWriter : s3::ObjectWriter {
        BreakingWriter(std::unique_ptr<s3::ObjectWriter> writer, std::function<void()> call)
            : writer_(std::move(writer)), call_(std::move(call)) {}
        void write(std::string_view piece) override { writer_->write(piece); }
        void seal() override { writer_->seal(); }
        void finish() override {
            call_();
            writer_->finish();
        }
        void withdraw() noexcept override { writer_->withdraw(); }

        std::unique_ptr<s3::ObjectWriter> writer_;
        std::function<void()> call_;
    };

    struct BrokenPieces : base::Pieces {
        explicit BrokenPieces(std::string url) : url_(std::move(url)) {}
        std::string_view next() override {
            if (has_begun_) throw s3::StoreError(url_ + ": the connection was lost");
            has_begun_ = true;
            return "{}\n{}\n";
        }
        std::string url_;
        bool has_begun_ = false;
    };

    s3::ObjectStore& store_;
    std::string key_;
    std::string end_key_;
    std::function<void()> call_;
};

/// Answers each line with itself.
struct EchoAnswers : LineAnswers {
    InputLimits limits(JobContext&) const override { return {}; }
    std::size_t most_lines() const override { return 1; }
    SliceEnd answer(JobContext&, std::vector<BatchInput>& lines, s3::ObjectWriter& out) override {
        out.write(lines.front().value.dump() + '\n');
        return SliceEnd::done;
    }
};

/// A job over two inputs by hand.
class JobOverTwoFiles : public testing::Test {
protected:
    JobOverTwoFiles() {
        std::filesystem::create_directory(folder_.file("bucket"));
        s3::put(store_, {"bucket", "in/1.json"}, "{}");
        s3::put(store_, {"bucket", "in/2.json"}, "{}");
    }

    JobEnd run(s3::ObjectStore& objects) {
        storage::Record record;
        record.kind = "batchInferenceJob";
        record.document = Json({{"jobInput", {{"s3DataSource", {{"path", "s3://bucket/in/"}}}}},
                                {"jobOutput", {{"s3DataDestination", {{"path", "s3://bucket/out/"}}}}}})
                              .dump();
        const auto maker = [&](const storage::Record& of) {
            return batch_job(objects, of, std::make_shared<EchoAnswers>());
        };
        std::vector<JobEnd> ends;
        Queue queue({{record.kind, maker}}, {.threads = 0});
        queue.connect(
            {[](const WorldTask&) { return false; }, [&ends](const JobEnd& end) { ends.push_back(end); }, [] {}});
        queue.add(record);
        while (queue.run_slice()) continue;
        EXPECT_EQ(ends.size(), 1u);
        return ends.empty() ? JobEnd() : ends.front();
    }

    std::vector<std::string> outputs() { return s3::listed(store_, {"bucket", "out/"}); }

    storage::TemporaryFolder folder_;
    s3::FolderStore store_{folder_.path()};
};

TEST_F(JobOverTwoFiles, LeavesNoOutputWhereAReadBreaksOff) {
    BreakingStore objects(store_, "in/2.json");
    const JobEnd end = run(objects);
    EXPECT_TRUE(end.is_failed);
    EXPECT_EQ(end.failure_reason, "s3://bucket/in/2.json: the connection was lost");
    EXPECT_EQ(end.progress.files, 1);
    EXPECT_THAT(outputs(), ElementsAre("out/_CHECK 0"));
}

TEST_F(JobOverTwoFiles, ShowsItsOutputsTogether) {
    BreakingStore objects(store_, "");
    std::vector<std::string> before;
    objects.before_end_of("out/1.json.out", [&] { before = outputs(); });
    EXPECT_FALSE(run(objects).is_failed);
    EXPECT_THAT(before, ElementsAre("out/_CHECK 0"));
    EXPECT_THAT(outputs(), ElementsAre("out/1.json.out 3", "out/2.json.out 3", "out/_CHECK 0"));
}

TEST_F(JobOverTwoFiles, WithdrawsAnOutputWhereTheNextOneCannotBeFinished) {
    BreakingStore objects(store_, "");
    std::vector<std::string> before;
    objects.before_end_of("out/2.json.out", [&] {
        before = outputs();
        throw s3::StoreError("s3://bucket/out/2.json.out: the disk is full");
    });
    const JobEnd end = run(objects);
    EXPECT_EQ(end.failure_reason, "s3://bucket/out/2.json.out: the disk is full");
    EXPECT_THAT(before, ElementsAre("out/1.json.out 3", "out/_CHECK 0"));
    EXPECT_THAT(outputs(), ElementsAre("out/_CHECK 0"));
}

TEST_F(BatchJobTest, ReplacesTheOutputOfAnEarlierJob) {
    films.put("out/users.json.out", "old");
    films.put("in/users.json", one_line);
    begin();
    films.finish();
    EXPECT_EQ(films.get("out/users.json.out"), one_answer);
}

}  // namespace
}  // namespace plocal::jobs
