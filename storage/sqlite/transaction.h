// All or nothing: what happens to the database while a Transaction lives is undone when it goes, unless it was
// committed. On the database's thread; the database must outlive it.
#pragma once

#include "storage/sqlite/database.h"

namespace plocal::storage::sqlite {

class Transaction {
public:
    /// Begins at once with the right to write. Throws SqlError, and std::logic_error inside another transaction.
    explicit Transaction(Database& database);

    /// Rolls back what was not committed. Throws nothing.
    ~Transaction();

    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// Makes it last: once this returns, the death of the process undoes nothing. Throws SqlError where it cannot;
    /// then all is rolled back when the transaction goes.
    void commit();

private:
    Database& database_;
    bool committed_ = false;
};

}  // namespace plocal::storage::sqlite
