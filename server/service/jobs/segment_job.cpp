#include "server/service/jobs/segment_job.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/json.h"
#include "server/model/api_error.h"
#include "server/model/render.h"
#include "server/service/jobs/batch_job.h"
#include "server/service/runtime/segments.h"

namespace plocal::jobs {
namespace {

using base::Json;
using runtime::Segment;

constexpr std::chrono::microseconds making_time(1200);
constexpr std::size_t written_bytes = std::size_t{128} << 10;  // at once: a segment may have millions of users

/// Writes JSON with blanks behind colons and commas, as these jobs do (seen).
void append_spaced(const Json& value, std::string& out) {
    if (!value.is_structured() || value.empty()) {
        out += base::json_text(value);
        return;
    }
    out += value.is_object() ? '{' : '[';
    const char* separator = "";
    for (auto member = value.begin(); member != value.end(); ++member) {
        out += separator;
        if (value.is_object()) {
            model::append_json_text(member.key(), out);
            out += ": ";
        }
        append_spaced(*member, out);
        separator = ", ";
    }
    out += value.is_object() ? '}' : ']';
}

class SegmentAnswers : public LineAnswers {
public:
    SegmentAnswers(const JobWorld& world, runtime::BatchSettings settings)
        : world_(world), settings_(std::move(settings)) {}

    InputLimits limits(JobContext& context) const override {
        return find_limits(world_, context, settings_.account, "batchInputFiles", "batchInputBytes");
    }

    std::size_t most_lines() const override { return 1; }

    SliceEnd answer(JobContext& context, std::vector<BatchInput>& lines, s3::ObjectWriter& out) override {
        BatchInput& line = lines.front();
        if (line.error.empty()) {
            std::optional<runtime::NotMade> missing;
            const auto task = [&](storage::Store& store) { missing = find(store, line); };
            if (!context.run_in_world(task)) return SliceEnd::aborted;
            if (missing && missing->is_made_by_job) pause_for_model();
            if (missing) return SliceEnd::unfinished;
        }
        write(context, line, out);
        segment_.reset();
        return SliceEnd::done;
    }

private:
    /// Finds what the line is answered from, or sets its error. Returns what has to be made first, or nothing.
    std::optional<runtime::NotMade> find(storage::Store& store, BatchInput& line) {
        std::optional<runtime::NotMade> result;
        world_.with_context([&](resources::Context& context, runtime::Runtime& runtime) {
            try {
                segment_ = Segment::of_line(context, runtime.memory(), settings_, line.value);
            } catch (const model::ApiError& error) {
                line.error = error.message();
            } catch (const runtime::NotMade& missing) {
                const auto end = std::chrono::steady_clock::now() + making_time;
                result = missing;
                if (!missing.is_made_by_job) runtime.make(store, missing, end);
            }
        });
        return result;
    }

    void write(JobContext& context, BatchInput& line, s3::ObjectWriter& out) const {
        std::vector<std::uint32_t> users;
        try {
            if (segment_) users = segment_->users();
        } catch (const model::ApiError& error) {
            line.error = error.message();
        }
        std::string text = R"({"input": )";
        append_spaced(line.value, text);
        if (!line.error.empty()) {
            text += R"(, "error": )";
            model::append_json_text(line.error, text);
            out.write(text + "}\n");
            return;
        }
        text += R"(, "output": {"usersList": [)";
        const char* separator = "";
        for (const std::uint32_t user : users) {
            text += separator;
            model::append_json_text(segment_->id(user), text);
            separator = ",";
            if (text.size() < written_bytes) continue;
            out.write(text);
            text.clear();
        }
        out.write(text + "]}, \"error\": null}\n");
        if (segment_->is_made_up()) add_detail(context, "made up: the dataset group has no rows");
    }

    const JobWorld& world_;
    const runtime::BatchSettings settings_;
    std::optional<Segment> segment_;  // of the line that is being answered
};

}  // namespace

Job segment_job(const JobWorld& world, const storage::Record& record) {
    return batch_job(world.objects, record, std::make_shared<SegmentAnswers>(world, runtime::batch_settings(record)));
}

}  // namespace plocal::jobs
