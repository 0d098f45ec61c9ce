// The loading of documents into a world, in steps short enough to let requests in between. No client sees any of it
// before the last step, which makes all of it visible at once. On the thread that owns the world.
#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/local/snapshot/document_set.h"
#include "server/local/snapshot/row_loads.h"
#include "server/local/world/read_ahead.h"
#include "server/local/world/restorable.h"
#include "server/local/world/row_loading.h"
#include "server/local/world/staging.h"
#include "server/local/world/tenant_settings.h"

namespace plocal::world {

/// What is to be loaded, and where to.
struct Load {
    std::vector<snapshot::Document> documents;
    snapshot::TargetAccounts targets;
    std::function<bool(std::string_view account)> is_wanted;  // see snapshot::ReadContext

    /// The settings under which the resources are read, once `apply` has added those of the documents.
    std::unique_ptr<TenantSettings> settings;
    std::unique_ptr<Staging> staging;

    /// Called once the top level of the documents is read. Applies `sections` to `settings`, and adds what is wrong.
    std::function<void(Load&, const snapshot::DocumentSet&, std::vector<snapshot::FixtureProblem>&)> apply;

    /// Called last, outside a transaction. Makes the staged resources visible and takes over the settings.
    std::function<void(Load&)> finish;

    RowLoading::Sets rows = {};                            // read already; set before `finish` to all that were read
    bool is_restoring = false;                             // nothing is to be read: `finish` alone is called
    std::shared_ptr<const MovingFixtures> moving = {};     // to be loaded again, instead of documents
    snapshot::SettingsSections sections = {};              // of the documents, set before `apply` is called
    std::map<std::string, Restorable::Part> shown = {};    // by account, set by `finish`
    std::unique_ptr<lifecycle::ClockReadings> readings{};  // of the clocks in `settings`: one moment for all
};

class Loading {
public:
    enum class Progress { goes_on, waits, is_over };

    /// A load that is over.
    Loading() = default;

    explicit Loading(Load load);

    /// Takes the next step. Returns `waits` where it has nothing to do until another thread has read more. Throws
    /// BadDocuments with all problems, what `apply` and `finish` throw, and SqlError; what was loaded is dropped with
    /// this object then.
    Progress step();

    /// Takes all steps.
    void run();

private:
    /// The documents, their ARNs read.
    struct Opened {
        Opened(snapshot::DocumentSet set, snapshot::FixtureReader first)
            : documents(std::move(set)), reader(std::move(first)) {}

        snapshot::DocumentSet documents;
        snapshot::FixtureReader reader;
        std::atomic<bool> has_problems = false;  // of what the reader has read
    };

    static std::unique_ptr<Opened> open(const Load& load);
    void begin();
    ReadAhead::Read reading();
    ReadAhead::Read reading_again();
    void take_batch();
    void begin_rows();
    void finish();

    bool is_large_ = false;       // then another thread reads the documents
    std::unique_ptr<Load> load_;  // at one place, for that thread
    std::future<std::unique_ptr<Opened>> opening_;
    std::unique_ptr<Opened> opened_;
    std::vector<snapshot::FixtureProblem> problems_;  // of the settings, and of the rows
    snapshot::RowLoads row_loads_;
    std::optional<RowLoading> rows_;           // nothing before all resources have been read
    std::optional<GivenTrainings> trainings_;  // nothing before `finish` has been called
    std::vector<snapshot::Fixture> batch_;
    std::unique_ptr<ReadAhead> read_ahead_;  // uses `opened_` and `load_`, so it is destroyed before them
};

}  // namespace plocal::world
