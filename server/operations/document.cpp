#include "server/operations/document.h"

#include <stdexcept>
#include <utility>

#include "server/model/render.h"
#include "server/model/service.h"

namespace plocal::operations {
namespace {

using model::Json;

struct Life {
    std::string_view status;  // empty for a kind without one
    std::string_view failure_reason;
    storage::Instant changed;
};

Life life_of(const Kind& kind, const storage::Record& record, storage::Instant now, StatusNames names) {
    if (!kind.has_status) return {{}, {}, record.timeline.changed};
    const lifecycle::State state = lifecycle::state_at(record.timeline, now);
    return {told_status(kind, state.status, names), state.failure_reason, state.changed};
}

}  // namespace

std::string document_of(const Kind& kind, Json members) {
    const model::Shape* const shape = model::personalize().shape(kind.shape);
    if (shape == nullptr) throw std::logic_error("no shape for " + std::string(kind.name));
    for (const char* const told_by_timeline : {"status", "failureReason", "creationDateTime", "lastUpdatedDateTime"}) {
        members.erase(told_by_timeline);
    }
    return model::render(*shape, members);
}

std::string living_document(const Kind& kind, const storage::Record& record, storage::Instant now, StatusNames names) {
    const Life life = life_of(kind, record, now, names);
    std::string text;
    text.reserve(record.document.size() + life.failure_reason.size() + 160);
    text.append(record.document, 0, record.document.size() - 1);  // all but the closing brace
    if (text.size() > 1) text += ',';
    if (!life.status.empty()) text.append(R"("status":")").append(life.status).append(R"(",)");
    if (!life.failure_reason.empty()) {
        text.append(R"("failureReason":)").append(Json(life.failure_reason).dump()).append(",");
    }
    text.append(R"("creationDateTime":)").append(model::moment(record.created));
    text.append(R"(,"lastUpdatedDateTime":)").append(model::moment(life.changed)).append("}");
    return text;
}

Json living_value(const Kind& kind, const storage::Record& record, storage::Instant now, StatusNames names) {
    const Life life = life_of(kind, record, now, names);
    Json value = model::parse_json(record.document);
    if (!life.status.empty()) value["status"] = life.status;
    if (!life.failure_reason.empty()) value["failureReason"] = life.failure_reason;
    value["creationDateTime"] = record.created.time_since_epoch().count();
    value["lastUpdatedDateTime"] = life.changed.time_since_epoch().count();
    return value;
}

}  // namespace plocal::operations
