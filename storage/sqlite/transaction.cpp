#include "storage/sqlite/transaction.h"

#include <stdexcept>

#include "storage/sqlite/statement.h"

namespace plocal::storage::sqlite {

Transaction::Transaction(Database& database) : database_(database), is_part_(database.has_group()) {
    if (is_part_ && !database_.in_transaction()) throw std::logic_error("a group of transactions was rolled back");
    if (is_part_) return;
    if (database_.in_transaction()) throw std::logic_error("a transaction was begun inside another one");
    Statement(database_, "BEGIN IMMEDIATE").run();
}

Transaction::~Transaction() {
    if (!is_committed_) database_.roll_back();
}

void Transaction::commit() {
    if (!is_part_) Statement(database_, "COMMIT").run();
    is_committed_ = true;
}

TransactionGroup::TransactionGroup(Database& database) : database_(database), transaction_(database) {
    if (database_.has_group()) throw std::logic_error("a group of transactions was begun inside another one");
    database_.set_group(true);
}

TransactionGroup::~TransactionGroup() {
    database_.set_group(false);
}

void TransactionGroup::commit() {
    transaction_.commit();
    database_.set_group(false);
}

}  // namespace plocal::storage::sqlite
