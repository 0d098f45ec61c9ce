#include "server/service/runtime/passing_users.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/model/languages/filter/evaluate.h"
#include "server/service/runtime/filter_data.h"
#include "server/service/runtime/known_interactions.h"
#include "server/service/runtime/row_walk.h"

namespace plocal::runtime {
namespace {

using languages::FilterCell;
using languages::FilterEvents;
using recommender::Interaction;
using recommender::ItemSet;
using recommender::SegmentModel;

/// The types of the interactions of each user of a model.
struct UserTypes {
    std::set<std::string, std::less<>> names;
    std::vector<std::vector<std::string_view>> of_users;
};

class UserTypesMaking : public Making {
public:
    UserTypesMaking(std::shared_ptr<const SegmentModel> model, storage::RowView view)
        : model_(std::move(model)), walk_(std::move(view)), types_(std::make_shared<UserTypes>()) {
        types_->of_users.resize(model_->users.size());
    }

    bool read(storage::Store& store) override {
        return walk_.next(store, [this](const auto& row) {
            known_.add(row, [this](const Interaction& interaction) { add(interaction); });
        });
    }

    bool compute() override {
        known_.finish([this](const Interaction& interaction) { add(interaction); });
        return false;
    }

    std::shared_ptr<const void> take() override { return std::move(types_); }

    std::size_t memory_bytes() const override {
        std::size_t bytes = types_->of_users.size() * sizeof(std::vector<std::string_view>);
        for (const auto& types : types_->of_users) bytes += types.capacity() * sizeof(std::string_view);
        return bytes;
    }

private:
    void add(const Interaction& interaction) {
        const auto user = model_->users.find(interaction.user);
        if (!user) return;
        std::vector<std::string_view>& types = types_->of_users[*user];
        if (std::ranges::find(types, interaction.event_type) != types.end()) return;
        auto name = types_->names.find(interaction.event_type);
        if (name == types_->names.end()) name = types_->names.emplace(interaction.event_type).first;
        types.push_back(*name);
    }

    std::shared_ptr<const SegmentModel> model_;
    InteractionWalk walk_;
    KnownInteractions known_;
    std::shared_ptr<UserTypes> types_;
};

class UserFields : public languages::FilterFields {
public:
    UserFields(std::shared_ptr<const RowTable> rows, std::shared_ptr<const UserTypes> types)
        : rows_(std::move(rows)), types_(std::move(types)) {}

    FilterCell filter_cell(std::size_t row, std::size_t column) const override {
        return filter_cell_of((*rows_)[row], column);
    }
    FilterCell current_user_cell(std::size_t) const override { return {}; }
    FilterCell current_item_cell(std::size_t) const override { return {}; }
    std::span<const std::string_view> filter_event_types(FilterEvents, std::size_t row) const override {
        return types_ == nullptr ? std::span<const std::string_view>() : types_->of_users[row];
    }

private:
    std::shared_ptr<const RowTable> rows_;
    std::shared_ptr<const UserTypes> types_;  // null for a filter that reads none
};

class PassingUsersMaking : public Making {
public:
    PassingUsersMaking(languages::PreparedFilter filter, UserFields fields, std::size_t size)
        : filter_(std::move(filter)),
          fields_(std::move(fields)),
          size_(static_cast<std::uint32_t>(size)),
          users_(std::make_shared<ItemSet>(size)) {}

    bool read(storage::Store&) override { return false; }

    bool compute() override {
        constexpr std::uint32_t users_of_a_step = 4000;  // take less than a millisecond
        const std::uint32_t end = next_ + std::min(users_of_a_step, size_ - next_);
        for (; next_ < end; ++next_) {
            if (filter_.passes(fields_, next_)) users_->insert(next_);
        }
        return next_ < size_;
    }

    std::shared_ptr<const void> take() override { return std::move(users_); }
    std::size_t memory_bytes() const override { return size_ / 8; }

private:
    languages::PreparedFilter filter_;
    UserFields fields_;
    std::uint32_t size_;
    std::shared_ptr<ItemSet> users_;
    std::uint32_t next_ = 0;
};

}  // namespace

std::shared_ptr<const ItemSet> find_passing_users(Kept& kept, resources::Context& context, const Group& group,
                                                  const Keyed<SegmentRows>& rows,
                                                  const std::shared_ptr<const languages::BoundFilter>& filter) {
    const std::shared_ptr<const SegmentModel>& model = rows.value->model;
    const auto table = find_row_table(kept, context, group.find("USERS"), rows.key + " users", {model, &model->users});
    std::string key = "passing " + table.key + ' ' + filter->key;
    std::shared_ptr<const UserTypes> types;
    const auto reads_events = [](const languages::BoundPart& part) { return part.reads.events; };
    if (std::ranges::any_of(filter->parts, reads_events)) {
        storage::RowView view = Group::view(context, group.find("INTERACTIONS"));
        const std::string types_key = "types " + key_of(view, context.store) + ' ' + rows.key;
        types =
            kept.find<UserTypes>(types_key, [&] { return std::make_unique<UserTypesMaking>(model, std::move(view)); });
        key += ' ' + types_key;
    }
    return kept.find<ItemSet>(key, [&] {
        const FilterData columns(context, group, {}, {});
        return std::make_unique<PassingUsersMaking>(languages::PreparedFilter(filter, columns),
                                                    UserFields(table.value, types), model->users.size());
    });
}

}  // namespace plocal::runtime
