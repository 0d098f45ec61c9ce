#include "storage/sqlite/transaction.h"

#include <stdexcept>

#include "storage/sqlite/statement.h"

namespace plocal::storage::sqlite {

Transaction::Transaction(Database& database) : database_(database) {
    if (database_.in_transaction()) throw std::logic_error("a transaction was begun inside another one");
    Statement(database_, "BEGIN IMMEDIATE").run();
}

Transaction::~Transaction() {
    if (!committed_) database_.roll_back();
}

void Transaction::commit() {
    Statement(database_, "COMMIT").run();
    committed_ = true;
}

}  // namespace plocal::storage::sqlite
