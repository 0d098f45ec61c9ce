// A transaction in a scope: its destructor rolls back, unless it was committed. On the database's thread; the database
// must outlive it.
#pragma once

#include "storage/sqlite/database.h"

namespace plocal::storage::sqlite {

class Transaction {
public:
    /// Begins an immediate transaction. Throws SqlError, and std::logic_error inside another transaction.
    explicit Transaction(Database& database);

    /// Rolls back if the transaction was not committed. Throws nothing.
    ~Transaction();

    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// Commits: once this returns, a killed process loses nothing. Throws SqlError if it fails; the destructor then
    /// rolls back.
    void commit();

private:
    Database& database_;
    bool committed_ = false;
};

}  // namespace plocal::storage::sqlite
