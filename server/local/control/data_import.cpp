#include "server/local/control/data_import.h"

#include <chrono>
#include <memory>
#include <optional>

#include "server/base/pieces.h"
#include "server/local/control/control_error.h"
#include "server/local/control/named_dataset.h"
#include "server/local/control/row_form.h"
#include "server/service/data/row_import.h"

namespace plocal::control {
namespace {

using base::Json;
using data::RowFormat;
using storage::ImportMode;
using world::World;

/// The body of a call, whose request outlives its answer.
std::unique_ptr<base::Pieces> open_body(const ControlCall& call) {
    if (call.spooled_body != nullptr) return call.spooled_body->open();
    return std::make_unique<base::TextPieces>(call.body);
}

/// An import of a body.
class BodyImport {
public:
    BodyImport(World& world, const ControlCall& call, ImportMode mode)
        : world_(world),
          call_(call),
          mode_(mode),
          format_(format_of_body(call.content_type)),
          pieces_(open_body(call)) {}

    Checked check(RealTime now, bool is_stopping) {
        if (is_stopping) throw ControlError(503, "the server stops; no row has been imported");
        try {
            return take_turn(now);
        } catch (const data::BadRow& bad) {
            throw ControlError(400, bad.what(), bad.problem().row, bad.problem().column);
        } catch (const data::RowsAreGone& gone) {
            throw ControlError(409, gone.what());
        }
    }

private:
    /// Returns false where another import into the dataset is not over.
    bool begin() {
        dataset_.emplace(named_dataset(world_, call_));
        if (data::RowImport::is_busy(world_.store(), dataset_->owner)) return false;
        source_ = data::read_rows(format_, *pieces_, dataset_->columns);
        import_.emplace(world_.store(), *dataset_, mode_, service_time());
        return true;
    }

    base::Instant service_time() const { return world_.tenants().clocks.of(dataset_->owner.account).now(); }

    Checked take_turn(RealTime now) {
        static constexpr std::chrono::milliseconds pause_while_waiting(2);
        if (!import_ && !begin()) return now + pause_while_waiting;
        while (import_->step(*source_)) {
            if (std::chrono::steady_clock::now() - now >= world_.settings().due.slice_time) return now;
        }
        storage::sqlite::Transaction transaction = world_.store().begin();
        const data::Imported imported = import_->finish(service_time());
        transaction.commit();
        world_.note_rows(dataset_->owner.account);
        return Json{{"rows", imported.rows}, {"revision", imported.revision}};
    }

    World& world_;
    const ControlCall call_;
    ImportMode mode_;
    RowFormat format_;
    std::unique_ptr<base::Pieces> pieces_;
    std::optional<data::Dataset> dataset_ = {};
    std::unique_ptr<data::RowSource> source_ = {};
    std::optional<data::RowImport> import_ = {};
};

LongCall import_of(World& world, const ControlCall& call, ImportMode mode) {
    return {"", [import = std::make_shared<BodyImport>(world, call, mode)](RealTime now, bool is_stopping) {
                return import->check(now, is_stopping);
            }};
}

}  // namespace

LongCall put_data(World& world, const ControlCall& call) {
    return import_of(world, call, ImportMode::full);
}

LongCall add_data(World& world, const ControlCall& call) {
    return import_of(world, call, ImportMode::incremental);
}

}  // namespace plocal::control
