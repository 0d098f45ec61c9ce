#include "server/service/data/dataset.h"

#include "server/service/operations/dataset.h"

namespace plocal::data {

std::optional<Dataset> dataset_of(resources::Context& context, const storage::Record& record) {
    const auto schema = operations::columns_of(context, record);
    if (!schema) return std::nullopt;
    return Dataset{owner_of(record), Columns(*schema)};
}

storage::RowSetOwner owner_of(const storage::Record& record) {
    return {.arn = record.arn,
            .dataset_group = record.parent,
            .kind = record.arn.substr(record.arn.rfind('/') + 1),
            .account = record.owner.account};
}

storage::RowView view_of(storage::Store& store, const storage::RowSetOwner& owner) {
    const auto set = store.row_sets().find(owner.arn);
    return set ? store.row_sets().view(*set) : storage::RowView();
}

storage::RowView view_of(storage::Store& store, const storage::RowSetOwner& owner, std::int64_t revision) {
    const auto set = store.row_sets().find(owner.arn);
    return set ? store.row_sets().view(*set, revision) : storage::RowView();
}

}  // namespace plocal::data
