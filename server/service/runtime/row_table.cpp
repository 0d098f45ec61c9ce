#include "server/service/runtime/row_table.h"

#include <cstdint>
#include <string_view>
#include <utility>

#include "server/service/data/row_pages.h"
#include "server/service/runtime/row_walk.h"

namespace plocal::runtime {
namespace {

class RowTableMaking : public Making {
public:
    RowTableMaking(const data::Columns& columns, storage::RowView view, std::shared_ptr<const recommender::IdTable> ids)
        : columns_(columns), walk_(std::move(view)), ids_(std::move(ids)), rows_(std::make_shared<RowTable>()) {
        rows_->resize(ids_->size());
    }

    bool read(storage::Store& store) override {
        return walk_.next(store, [this](std::string_view id, std::string_view cells) {
            // Both are in order.
            while (next_ < ids_->size() && (*ids_)[next_] < id) ++next_;
            if (next_ == ids_->size() || (*ids_)[next_] != id) return;
            data::fill(columns_, id, cells, (*rows_)[next_]);
            bytes_ += memory_of((*rows_)[next_]);
        });
    }

    std::shared_ptr<const void> take() override { return std::move(rows_); }
    std::size_t memory_bytes() const override { return bytes_ + rows_->capacity() * sizeof(data::Row); }

private:
    data::Columns columns_;
    RowWalk walk_;
    std::shared_ptr<const recommender::IdTable> ids_;
    std::shared_ptr<RowTable> rows_;
    std::size_t next_ = 0;
    std::size_t bytes_ = 0;
};

}  // namespace

std::size_t memory_of(const data::Row& row) {
    std::size_t bytes = row.capacity() * sizeof(data::Cell);
    for (const data::Cell& cell : row) {
        if (const auto* const text = std::get_if<std::string>(&cell)) bytes += text->capacity();
    }
    return bytes;
}

Keyed<RowTable> find_row_table(Kept& kept, resources::Context& context, const data::Dataset* dataset,
                               const std::string& model_key, std::shared_ptr<const recommender::IdTable> ids) {
    if (dataset == nullptr) return {"no rows " + model_key, std::make_shared<RowTable>(ids->size())};
    storage::RowView view = Group::view(context, dataset);
    std::string key = "rows " + key_of(view, context.store) + ' ' + model_key;
    const std::string subject = "rows " + subject_of(view, context.store) + model_key;
    const auto begin = [&] {
        return std::make_unique<RowTableMaking>(dataset->columns, std::move(view), std::move(ids));
    };
    auto table = kept.find<RowTable>(key, begin, subject);
    return {std::move(key), std::move(table)};
}

}  // namespace plocal::runtime
