#include "server/app/capture.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "server/app/capture_client.h"
#include "server/app/capture_run.h"
#include "server/app/capture_settings.h"
#include "server/app/client_trust.h"
#include "server/app/fixture_check.h"
#include "server/base/problem.h"
#include "server/local/capture/document.h"
#include "server/local/capture/plan.h"
#include "server/local/world/import_checks.h"

namespace plocal::app {
namespace {

using Report = std::function<void(const std::string&)>;

/// One capture, from its first region to its document.
class AccountCapture {
public:
    AccountCapture(const CaptureSettings& settings, http::ClientTls* tls, const Report& report)
        : settings_(settings), tls_(tls), report_(report) {}

    void read_region(const std::string& region) {
        const http::Url url = settings_.endpoint.value_or(service_endpoint(region));
        const Report report = [&](const std::string& line) { report_(region + ": " + line); };
        report("reading from " + std::string(url.is_https ? "https://" : "http://") + url.endpoint());
        CaptureClient client(url, region, settings_.key, tls_);
        capture::Plan plan(settings_.dataset_group);
        CaptureRun(plan, client, report).run();
        std::vector<std::string> failures = plan.failures();
        std::ranges::sort(failures);
        const std::string before = region + ": ";
        for (const std::string& line : failures) leave_out(before + line);
        std::map<std::string, capture::FoundResource> found = plan.take_resources();
        report(std::to_string(found.size()) + " resources found");
        document_.add(std::move(found), settings_.as_account);
    }

    Captured finish() {
        for (const std::string& member : document_.unknown_members()) {
            leave_out(member + ": this version does not know the member");
        }
        std::string text = checked_text();
        if (document_.size() == 0 && !is_complete_) return {.document = "", .is_complete = false};
        report_(std::to_string(document_.size()) + " resources captured" +
                (is_complete_ ? "" : "; what is missing is listed above"));
        return {.document = std::move(text), .is_complete = is_complete_};
    }

private:
    void leave_out(const std::string& line) {
        is_complete_ = false;
        report_("warning: " + line);
    }

    /// Returns the text of the document without the resources that fixtures may not be.
    std::string checked_text() {
        for (;;) {
            std::string text = document_.text();
            world::WorldConfig config;
            config.documents.emplace_back("capture", text);
            try {
                check_fixtures(config);
                return text;
            } catch (const world::BadDocuments& bad) {
                if (!remove(bad.problems())) throw;
            }
        }
    }

    /// Removes the resources with problems. Returns false if there is none.
    bool remove(const std::vector<snapshot::FixtureProblem>& problems) {
        std::map<std::string, std::string> complaints;  // by ARN
        for (const snapshot::FixtureProblem& problem : problems) {
            const std::string arn = document_.arn_at(problem.place.pointer);
            if (!arn.empty()) complaints[arn] += "; " + base::mismatch(problem.expected, problem.found);
        }
        for (const auto& [arn, complaint] : complaints) {
            std::string line = arn;
            leave_out(line.append(" is no fixture").append(complaint));
        }
        document_.remove(complaints);
        return !complaints.empty();
    }

    const CaptureSettings& settings_;
    http::ClientTls* tls_;
    const Report& report_;
    capture::Document document_;
    bool is_complete_ = true;
};

}  // namespace

Captured capture_account(const Options& options, const Report& report) {
    const CaptureSettings settings = read_capture_settings(options.capture);
    http::ClientTls tls = client_trust(options);
    AccountCapture account(settings, &tls, report);
    for (const std::string& region : settings.regions) account.read_region(region);
    return account.finish();
}

}  // namespace plocal::app
