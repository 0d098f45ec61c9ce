#include "server/local/snapshot/timeline_json.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/base/iso8601.h"
#include "server/service/lifecycle/timeline_state.h"

namespace plocal::snapshot {
namespace {

using base::Instant;
using base::Json;
using base::Problem;
using storage::Ending;
using storage::Step;
using storage::Timeline;
using storage::Work;

constexpr std::string_view ago = " ago";
constexpr std::string_view in = "in ";
constexpr std::string_view cause_form = "a word of letters, digits and any of :._-";
constexpr std::string_view number_form = "a whole number, not negative";

struct MomentFormat {
    Instant now;
    bool is_absolute = false;

    std::string operator()(Instant moment) const {
        return is_absolute ? base::iso8601(moment) : format_moment(moment, now);
    }
};

Json work_json(const Work& work, const MomentFormat& format) {
    Json json = Json::object();
    if (!work.decides_outcome) json["decidesOutcome"] = false;
    if (!work.over) return json;
    json["over"] = format(*work.over);
    json["files"] = work.files;
    json["bytes"] = work.bytes;
    json["lines"] = work.lines;
    json["errors"] = work.errors;
    if (!work.detail.empty()) json["detail"] = work.detail;
    return json;
}

Json step_json(const Step& step, const MomentFormat& format) {
    Json json = {{"status", step.status}};
    if (step.ending == Ending::duration) json["lasts"] = base::duration_text(step.duration);
    if (step.ending == Ending::polls) json["calls"] = step.polls;
    if (step.ended) json["ended"] = format(*step.ended);
    if (step.ended && !step.cause.empty()) json["cause"] = step.cause;
    if (step.failure_reason) json["failureReason"] = *step.failure_reason;
    if (step.work) json["work"] = work_json(*step.work, format);
    return json;
}

/// Reads the members of one object, and adds each problem with its place.
class ObjectReader {
public:
    ObjectReader(const Json& json, std::string pointer, std::vector<Problem>& problems)
        : json_(json), pointer_(std::move(pointer)), problems_(problems) {
        if (!json.is_object()) refuse("", "an object", json);
    }

    void refuse(const std::string& name, std::string_view expected, const Json& found) {
        problems_.push_back({name.empty() ? pointer_ : pointer_ + "/" + name, std::string(expected),
                             found.is_null() ? "none" : base::excerpt(found)});
    }

    /// Returns nothing where the member is absent, and where `parse` returns nothing; that is a problem.
    template <typename Parse>
    auto read(const std::string& name, std::string_view expected, Parse parse) {
        decltype(parse(std::declval<const Json&>())) value;
        if (!json_.is_object() || !json_.contains(name)) return value;
        ++known_;
        value = parse(json_.at(name));
        if (!value) refuse(name, expected, json_.at(name));
        return value;
    }

    std::optional<std::string> text(const std::string& name, std::string_view expected,
                                    bool (*is_good)(std::string_view)) {
        return read(name, expected, [is_good](const Json& json) -> std::optional<std::string> {
            const auto* const text = json.get_ptr<const std::string*>();
            return text != nullptr && is_good(*text) ? std::optional(*text) : std::nullopt;
        });
    }

    /// Reads a status of the kind. That of the last step must be terminal; that of any other step may be only where the
    /// step has been ended.
    std::string status(const resources::Kind& kind, bool is_last) {
        const bool may_be_terminal = is_last || (json_.is_object() && json_.contains("ended"));
        std::vector<std::string> known;
        for (const std::string_view each : resources::statuses_of(kind)) {
            if (lifecycle::is_terminal(each) ? may_be_terminal : !is_last) known.emplace_back(each);
        }
        const std::string expected = base::alternatives(known);
        const auto status = read("status", expected, [&](const Json& json) -> std::optional<std::string> {
            const auto* const text = json.get_ptr<const std::string*>();
            const bool is_known = text != nullptr && std::ranges::find(known, *text) != known.end();
            return is_known ? std::optional(*text) : std::nullopt;
        });
        if (!status && json_.is_object() && !json_.contains("status")) refuse("status", expected, Json());
        return status.value_or("");
    }

    std::optional<std::int64_t> number(const std::string& name) {
        return read(name, number_form, [](const Json& json) -> std::optional<std::int64_t> {
            return json.is_number_integer() && json >= 0 ? std::optional(json.get<std::int64_t>()) : std::nullopt;
        });
    }

    std::optional<Instant> moment(const std::string& name, Instant now) {
        return read(name, relative_moment_form, [now](const Json& json) -> std::optional<Instant> {
            const auto* const text = json.get_ptr<const std::string*>();
            return text == nullptr ? std::nullopt : parse_moment(*text, now);
        });
    }

    /// Adds a problem where the object has members that were not read.
    void end(std::string_view known) {
        if (json_.is_object() && json_.size() != known_) refuse("", std::string(known) + " alone", json_);
    }

private:
    const Json& json_;
    std::string pointer_;
    std::vector<Problem>& problems_;
    std::size_t known_ = 0;
};

/// The work of the step that `step` reads; nothing where it has none.
std::optional<Work> read_work(ObjectReader& step, const std::string& pointer, Instant now,
                              std::vector<Problem>& problems) {
    const auto json = step.read(
        "work", "an object", [](const Json& value) { return value.is_object() ? std::optional(value) : std::nullopt; });
    if (!json) return std::nullopt;
    ObjectReader reader(*json, pointer + "/work", problems);
    Work work;
    const auto decides = reader.read("decidesOutcome", "true or false", [](const Json& value) {
        return value.is_boolean() ? std::optional(value.get<bool>()) : std::nullopt;
    });
    work.decides_outcome = decides.value_or(true);
    work.over = reader.moment("over", now);
    work.files = reader.number("files").value_or(0);
    work.bytes = reader.number("bytes").value_or(0);
    work.lines = reader.number("lines").value_or(0);
    work.errors = reader.number("errors").value_or(0);
    work.detail = reader.text("detail", "a text", [](std::string_view) { return true; }).value_or("");
    reader.end("decidesOutcome, over, files, bytes, lines, errors, detail");
    return work;
}

Step read_step(const Json& json, const std::string& pointer, const resources::Kind& kind, bool is_last, Instant now,
               std::vector<Problem>& problems) {
    ObjectReader reader(json, pointer, problems);
    Step step;
    step.ending = is_last ? Ending::never : Ending::command;
    step.status = reader.status(kind, is_last);
    const auto lasts =
        reader.read("lasts", base::duration_form, [](const Json& value) -> std::optional<std::chrono::milliseconds> {
            const auto* const text = value.get_ptr<const std::string*>();
            return text == nullptr ? std::nullopt : base::parse_duration(*text);
        });
    const auto calls = reader.number("calls");
    step.ended = reader.moment("ended", now);
    step.cause = reader.text("cause", cause_form, storage::is_cause).value_or("");
    step.failure_reason = reader.text("failureReason", "a text", [](std::string_view) { return true; });
    step.work = read_work(reader, pointer, now, problems);
    reader.end("status, one of lasts and calls, ended, cause, failureReason, work");
    if (lasts) {
        step.ending = Ending::duration;
        step.duration = *lasts;
    } else if (calls) {
        step.ending = Ending::polls;
        step.polls = *calls;
    }
    if ((lasts && calls) || (is_last && (lasts || calls || step.ended || step.work))) {
        reader.refuse("", is_last ? "a last step that nothing ends" : "lasts or calls, not both", json);
    }
    return step;
}

}  // namespace

std::string format_moment(Instant moment, Instant now) {
    if (moment > now) return std::string(in) + base::duration_text(moment - now);
    return base::duration_text(now - moment) + std::string(ago);
}

std::optional<Instant> parse_moment(std::string_view text, Instant now) {
    const auto shifted = [now](std::string_view duration, int sign) -> std::optional<Instant> {
        const auto length = base::parse_duration(duration);
        return length ? std::optional(now + sign * *length) : std::nullopt;
    };
    if (text.ends_with(ago)) return shifted(text.substr(0, text.size() - ago.size()), -1);
    if (text.starts_with(in)) return shifted(text.substr(in.size()), 1);
    return base::parse_iso8601(text);
}

Json to_json(const Timeline& timeline, Instant now) {
    const MomentFormat format{now, lifecycle::step_at(timeline, now).step + 1 == timeline.steps.size()};
    Json json = {{"begins", format(timeline.begins)}};
    if (timeline.changed != timeline.begins) json["changed"] = format(timeline.changed);
    if (!timeline.origin.empty()) json["origin"] = timeline.origin;
    if (timeline.polls_taken != 0) json["calls"] = timeline.polls_taken;
    if (!timeline.failure_reason.empty()) json["failureReason"] = timeline.failure_reason;
    for (const Step& step : timeline.steps) json["steps"].push_back(step_json(step, format));
    return json;
}

Timeline read_timeline(const Json& json, const resources::Kind& kind, Instant now, std::vector<Problem>& problems) {
    ObjectReader reader(json, "", problems);
    Timeline timeline;
    const auto any = [](std::string_view) { return true; };
    timeline.begins = reader.moment("begins", now).value_or(now);
    timeline.changed = reader.moment("changed", now).value_or(timeline.begins);
    timeline.origin = reader.text("origin", cause_form, storage::is_cause).value_or("");
    timeline.polls_taken = reader.number("calls").value_or(0);
    timeline.failure_reason = reader.text("failureReason", "a text", any).value_or("");
    const auto steps = reader.read("steps", "a list of steps", [](const Json& value) {
        return value.is_array() && !value.empty() ? std::optional(value) : std::nullopt;
    });
    reader.end("begins, changed, origin, calls, failureReason, steps");
    if (!steps) {
        if (json.is_object() && !json.contains("steps")) reader.refuse("steps", "a list of steps", Json());
        return timeline;
    }
    for (std::size_t i = 0; i < steps->size(); ++i) {
        const bool is_last = i + 1 == steps->size();
        timeline.steps.push_back(read_step((*steps)[i], "/steps/" + std::to_string(i), kind, is_last, now, problems));
    }
    return timeline;
}

}  // namespace plocal::snapshot
