// Fixtures: what `aws personalize describe-...` prints, one or many, as records. Reads documents, not files; stores
// nothing.
#pragma once

#include <string>
#include <vector>

#include "server/base/json.h"
#include "server/local/snapshot/document.h"
#include "server/service/lifecycle/clocks.h"
#include "server/service/lifecycle/overrides.h"
#include "storage/record.h"
#include "storage/tag_repository.h"

namespace plocal::snapshot {

struct Fixture {
    Location place;
    storage::Record record;
    std::vector<storage::Reference> references;  // none assumed yet: that is the loader's to tell
    std::vector<storage::Tag> tags;
};

/// All documents of a run, in order. Plain data, filled by `read_document`.
struct Reading {
    std::vector<Fixture> fixtures;
    std::vector<FixtureProblem> problems;
};

/// What resources live by that are read: their owner's plans and clock.
struct ReadContext {
    const lifecycle::PlanOverrides& plans;
    lifecycle::ClockReadings& readings;
};

/// Reads one document into `reading`: every resource that is right, every problem of the others. Lives that go on begin
/// now; what a resource's own `_local` leaves open follows its owner's plan.
void read_document(Reading& reading, const std::string& source, const base::Json& document, const ReadContext& context);

}  // namespace plocal::snapshot
