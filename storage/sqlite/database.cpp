#include "storage/sqlite/database.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include <sqlite3.h>

#include "storage/sqlite/error.h"
#include "storage/sqlite/page_cache.h"

namespace plocal::storage::sqlite {

namespace {

constexpr std::int64_t application_id = 0x50455253;  // "PERS", in the header of every file of ours; frozen

[[noreturn]] void refuse_missing(const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        throw OpenError(SQLITE_CANTOPEN, path, "is a folder", "name a file in it");
    }
    const auto folder = std::filesystem::path(path).parent_path();
    if (std::filesystem::exists(folder, ignored) && !std::filesystem::is_directory(folder, ignored)) {
        throw OpenError(SQLITE_CANTOPEN, path, "lies in '" + folder.string() + "', which is no folder",
                        "name another file");
    }
    if (!folder.empty() && !std::filesystem::is_directory(folder, ignored)) {
        throw OpenError(SQLITE_CANTOPEN, path, "lies in a folder that does not exist",
                        "create '" + folder.string() + "' or name another file");
    }
    throw OpenError(SQLITE_CANTOPEN, path, "cannot be created or opened",
                    "let this user write to it and to its folder, or name another file");
}

/// Throws an OpenError for SQLite's result code.
[[noreturn]] void refuse(int code, const std::string& path, const char* reason) {
    switch (code & 0xff) {
        case SQLITE_CANTOPEN:
            refuse_missing(path);
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw OpenError(code, path, "is open in another process", "stop that one or name another file");
        case SQLITE_NOTADB:
            throw OpenError(code, path, "is not an SQLite database", "name another file or move this one away");
        case SQLITE_CORRUPT:
            throw OpenError(code, path, "is a damaged SQLite database", "restore a copy or move this one away");
        case SQLITE_READONLY:
        case SQLITE_PERM:
            throw OpenError(code, path, "cannot be written", "let this user write to it and to its folder");
        case SQLITE_FULL:
            throw OpenError(code, path, "has no room to grow", "free some space on its disk");
        default:
            throw OpenError(code, path, "cannot be used (" + std::string(reason) + ")", "name another file");
    }
}

}  // namespace

void use_on_one_thread_at_a_time() {
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    skip_needless_searches();
}

void Database::Close::operator()(sqlite3* handle) const noexcept {
    sqlite3_close_v2(handle);
}

void Database::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
    sqlite3_finalize(statement);
}

Database::Database(std::string path) : path_(std::move(path)) {
    // SQLite opens a temporary file for an empty path.
    if (path_.empty()) throw OpenError(SQLITE_CANTOPEN, path_, "is no path", "name a file or say :memory:");
    open();
    try {
        if (path_ != in_memory) {
            lock();
            check_owner();
            // A killed process loses nothing: what is written is the system's. Only a power failure may damage the
            // file. With NORMAL each move of the log to the file would wait for the disk, up to a second on a slow one,
            // and all requests with it; rows would be stored at a quarter of the rate.
            execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
            // In KiB. SQLite's default of 2 MiB is too small for some thousand resources: look-ups would read the file.
            execute("PRAGMA cache_size = -32768");
            // In pages of 4 KiB. Moving the log to the file copies each page once, however often it was written:
            // SQLite's default of 1000 would copy most pages of a large load many times. So many take about 5 ms, in
            // which no request is served.
            execute("PRAGMA wal_autocheckpoint = 2000");
        }
    } catch (const OpenError&) {
        throw;
    } catch (const SqlError& error) {
        refuse(error.code(), path_, sqlite3_errstr(error.code()));
    }
}

Database::~Database() = default;

void Database::open() {
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(path_.c_str(), &handle, flags, nullptr);
    handle_.reset(handle);
    if (code != SQLITE_OK) refuse(code, path_, sqlite3_errstr(code));
    // SQLite opens a file read-only if it may not write.
    if (sqlite3_db_readonly(handle, "main") == 1) refuse(SQLITE_READONLY, path_, "");
}

void Database::lock() {
    // The mode alone locks nothing: the first transaction takes the lock, and the mode keeps it. Set before WAL mode,
    // it also avoids the shared-memory file, which some mounted folders cannot hold.
    execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT");
}

void Database::check_owner() {
    if (pragma("PRAGMA application_id") == application_id) return;
    if (pragma("PRAGMA schema_version") != 0) {
        throw OpenError(SQLITE_OK, path_, "is another program's SQLite database", "name another file");
    }
    execute("PRAGMA application_id = " + std::to_string(application_id));
}

std::int64_t Database::pragma(const char* text) {
    const auto keep = [](void* value, int, char** columns, char**) {
        *static_cast<std::int64_t*>(value) = std::strtoll(columns[0], nullptr, 10);
        return 0;
    };
    std::int64_t value = 0;
    if (sqlite3_exec(handle_.get(), text, keep, &value, nullptr) != SQLITE_OK) fail(text);
    return value;
}

void Database::execute(const std::string& script) {
    if (sqlite3_exec(handle_.get(), script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(script);
}

void Database::copy(std::vector<unsigned char> pages) {
    sqlite3* opened = nullptr;
    sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    const std::unique_ptr<sqlite3, Close> source(opened);
    const auto size = static_cast<sqlite3_int64>(pages.size());
    sqlite3_deserialize(opened, "main", pages.data(), size, size, SQLITE_DESERIALIZE_READONLY);
    sqlite3_backup* const backup = sqlite3_backup_init(handle_.get(), "main", opened, "main");
    if (backup == nullptr) fail("backup");
    sqlite3_backup_step(backup, -1);
    if (sqlite3_backup_finish(backup) != SQLITE_OK) fail("backup");
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(handle_.get()) == 0;
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(handle_.get());
}

std::int64_t Database::last_insert_id() const {
    return sqlite3_last_insert_rowid(handle_.get());
}

sqlite3_stmt* Database::acquire(Sql sql) {
    const std::string_view text = sql.text();
    auto& idle = idle_[text.data()];
    if (!idle.empty()) {
        sqlite3_stmt* const last = idle.back().release();
        idle.pop_back();
        return last;
    }
    sqlite3_stmt* statement = nullptr;
    const int size = static_cast<int>(text.size() + 1);  // with the final zero SQLite makes no copy
    const int code =
        sqlite3_prepare_v3(handle_.get(), text.data(), size, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) fail(text);
    idle.reserve(idle.capacity() + 1);  // `release` must not fail
    return statement;
}

void Database::release(Sql sql, sqlite3_stmt* statement) noexcept {
    sqlite3_reset(statement);           // returns the error of the last step again, which was thrown already
    sqlite3_clear_bindings(statement);  // texts are bound without a copy, and their lifetime ends
    idle_.find(sql.text().data())->second.emplace_back(statement);
}

void Database::fail(std::string_view statement) const {
    ++failures_;
    throw SqlError(sqlite3_extended_errcode(handle_.get()), sqlite3_errmsg(handle_.get()), statement, path_);
}

void Database::roll_back() noexcept {
    ++roll_backs_;
    // After some errors SQLite has rolled back already, and a second ROLLBACK would fail.
    if (in_transaction()) sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

}  // namespace plocal::storage::sqlite
