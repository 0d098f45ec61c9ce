// Transactions in a scope: their destructors roll back, unless they were committed. On the database's thread; the
// database must outlive them.
#pragma once

#include "storage/sqlite/database.h"

namespace plocal::storage::sqlite {

class Transaction {
public:
    /// Begins an immediate transaction, or a part of the group that is open. Throws SqlError, and std::logic_error
    /// inside another transaction without a group, or after another part was rolled back.
    explicit Transaction(Database& database);

    /// Rolls back if the transaction was not committed, with all of its group. Throws nothing.
    ~Transaction();

    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// Commits: once this returns, a killed process loses nothing. A part of a group is committed with its group.
    /// Throws SqlError if it fails; the destructor then rolls back.
    void commit();

private:
    Database& database_;
    bool is_part_ = false;
    bool is_committed_ = false;
};

/// Makes one transaction of all that are begun in its scope. Many small ones would write the same pages again and
/// again.
class TransactionGroup {
public:
    /// Throws SqlError, and std::logic_error inside another transaction or group.
    explicit TransactionGroup(Database& database);
    ~TransactionGroup();

    TransactionGroup(const TransactionGroup&) = delete;
    TransactionGroup& operator=(const TransactionGroup&) = delete;

    /// Commits all of them. Throws SqlError if it fails, or if one of them was rolled back.
    void commit();

private:
    Database& database_;
    Transaction transaction_;
};

}  // namespace plocal::storage::sqlite
