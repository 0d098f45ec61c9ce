#include "server/app/engine/news.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <set>
#include <utility>

#include "server/base/iso8601.h"
#include "server/base/json.h"
#include "server/service/resources/kinds.h"

namespace plocal::engine {
namespace {

using base::Json;
using std::chrono::milliseconds;

constexpr std::size_t most_at_once = 200;  // statuses
constexpr milliseconds pause_between_parts(5);
constexpr milliseconds pause_of_busy_streams(20);
constexpr milliseconds patience_with_busy_streams(1000);
constexpr milliseconds longest_silence(500);     // the settings of clocks may change meanwhile
constexpr milliseconds pause_while_behind(100);  // a slice of due work may not have been all
constexpr milliseconds pause_after_failure(1000);

}  // namespace

void News::begin() {
    if (std::exchange(is_wanted_, true)) return;
    try {
        statuses_.begin();
    } catch (const std::exception& error) {
        log_failure(error.what());
    }
}

void News::end() {
    is_wanted_ = false;
    statuses_.end();
    events_.clear();
    next_part_ = {};
}

void News::add_request(const telemetry::JournalEntry& entry) {
    std::string data;
    telemetry::add_entry(data, entry, false);
    events_.push_back({"request", std::string(entry.account), false, std::move(data)});
}

std::vector<StreamEvent> News::take(const world::Changed& changed, bool is_busy) {
    add_settings(changed);
    try {
        add_statuses(changed, is_busy);
    } catch (const std::exception& error) {
        log_failure(error.what());
    }
    return std::exchange(events_, {});
}

News::Moment News::next_take() {
    const Moment now = std::chrono::steady_clock::now();
    std::optional<milliseconds> left = statuses_.next();
    try {
        for (const auto& [account, moment] : world_.store().due().earliest()) {
            const auto due = world_.tenants().clocks.of(account).real_time_until(moment);
            if (due) left = std::min(left.value_or(longest_silence), std::max(*due, pause_while_behind));
        }
    } catch (const std::exception& error) {
        log_failure(error.what());
    }
    // A clock that is read in whole milliseconds may still be one behind.
    const milliseconds pause = std::clamp(left.value_or(longest_silence), milliseconds(1), longest_silence);
    return std::max(now + pause, next_part_);
}

bool News::has_due_work() {
    try {
        lifecycle::ClockReadings readings(world_.tenants().clocks);
        return !world_.due().behind(readings).empty();
    } catch (const std::exception& error) {
        log_failure(error.what());
        return false;
    }
}

void News::add_settings(const world::Changed& changed) {
    const auto add = [this](std::string_view name, const std::vector<std::string>& accounts) {
        for (const std::string& account : std::set<std::string>(accounts.begin(), accounts.end())) {
            events_.push_back({name, account, account.empty(), base::json_text({{"account", account}})});
        }
    };
    add("clock", changed.clocks);
    add("rules", changed.rules);
    add("reset", changed.rebuilt);
}

void News::add_statuses(const world::Changed& changed, bool is_busy) {
    statuses_.take_in(changed);
    const Moment now = std::chrono::steady_clock::now();
    if (!is_busy) patient_until_ = now + patience_with_busy_streams;
    if (now < next_part_) return;
    if (now < patient_until_ && is_busy) {
        next_part_ = now + pause_of_busy_streams;
        return;
    }
    patient_until_ = now + patience_with_busy_streams;
    const std::vector<world::StatusNews> part = statuses_.take(most_at_once);
    for (const world::StatusNews& each : part) add_status(each);
    if (part.size() == most_at_once) next_part_ = now + pause_between_parts;
}

void News::add_status(const world::StatusNews& news) {
    const resources::Kind& kind = resources::kind_named(news.kind);
    Json data = {{"arn", news.arn},
                 {"kind", news.kind},
                 {"account", news.owner.account},
                 {"region", news.owner.region},
                 {"status", nullptr},
                 {"at", base::iso8601(news.at)},
                 {"cause", news.cause}};
    if (!news.status.empty()) {
        data["status"] = resources::displayed_status(kind, news.status, world_.settings().status_names);
    }
    events_.push_back({"resource", news.owner.account, false, base::json_text(data)});
}

void News::log_failure(const char* reason) {
    log_.write(base::Level::error, "failure", {{"reason", reason}});
    next_part_ = std::chrono::steady_clock::now() + pause_after_failure;
}

}  // namespace plocal::engine
