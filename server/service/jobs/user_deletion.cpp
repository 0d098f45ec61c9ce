#include "server/service/jobs/user_deletion.h"

#include "server/service/data/row_import.h"
#include "storage/user_erasure.h"

namespace plocal::jobs {
namespace {

constexpr std::size_t rows_of_a_step = 50;
constexpr std::size_t users_of_a_step = 20;

}  // namespace

bool UserDeletion::step(storage::Store& store) {
    if (users_.empty() && sessions_.empty()) return false;
    is_waiting_ = data::RowImport::is_busy(store, dataset_);
    if (is_waiting_) return true;
    storage::sqlite::Transaction transaction = store.begin();
    const bool goes_on = step_in(store);
    transaction.commit();
    return goes_on;
}

bool UserDeletion::step_in(storage::Store& store) {
    const std::int64_t before = deleted_;
    for (std::size_t i = 0; i < users_of_a_step && deleted_ == before; ++i) {
        if (users_.empty() && sessions_.empty()) return false;
        const auto set = store.row_sets().find(dataset_.arn);
        if (!set) {
            users_.clear();
            sessions_.clear();
            return false;
        }
        if (copy_ != nullptr && set->id == set_) {
            if (!copy_->step(rows_of_a_step)) copy_.reset();
            return true;
        }
        const std::string& next = sessions_.empty() ? users_.front() : sessions_.front();
        if (store.erasure().has_shared(*set, next)) {
            set_ = store.row_sets().separate(dataset_).id;
            copy_ = store.copy_base(set_);
            return true;
        }
        erase_some(store, *set);
    }
    return true;
}

void UserDeletion::erase_some(storage::Store& store, const storage::RowSet& set) {
    std::deque<std::string>& list = sessions_.empty() ? users_ : sessions_;
    const std::string name = list.front();
    storage::Erased erased = sessions_.empty() ? store.erasure().erase(set, name, rows_of_a_step)
                                               : store.erasure().erase_session(set, name, rows_of_a_step);
    deleted_ += erased.rows;
    if (!erased.has_more) list.pop_front();
    for (std::string& session : erased.sessions) sessions_.push_back(std::move(session));
}

}  // namespace plocal::jobs
