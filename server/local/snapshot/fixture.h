// Resources read from documents, before any of them is stored. Plain data.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "server/local/snapshot/document.h"
#include "server/service/lifecycle/clocks.h"
#include "server/service/lifecycle/overrides.h"
#include "storage/record.h"
#include "storage/tag_repository.h"

namespace plocal::snapshot {

struct Fixture {
    Location place;
    storage::Record record;
    std::vector<storage::Reference> references;  // `assumed` is false in all of them; the loader decides it
    std::vector<storage::Tag> tags;
    std::set<std::string> absent;  // ARNs of `references` that do not exist and are not taken to exist
};

/// The fixtures and the problems of all documents of a run, in order.
struct Reading {
    std::vector<Fixture> fixtures;
    std::vector<FixtureProblem> problems;
};

/// What the reading of a resource depends on beside its document. All of it must outlive the reading.
struct ReadContext {
    const lifecycle::PlanOverrides& plans;
    lifecycle::ClockReadings& readings;
    std::span<const std::string> setting_names = {};  // members of a document that are not resources
};

}  // namespace plocal::snapshot
