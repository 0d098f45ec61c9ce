// How SQLite would run a statement.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sqlite3.h>

namespace plocal::storage {

/// The query plan of a statement, line by line.
inline std::vector<std::string> plan(sqlite3* handle, const std::string& sql) {
    std::vector<std::string> lines;
    const auto keep = [](void* out, int, char** columns, char**) {
        static_cast<std::vector<std::string>*>(out)->push_back(columns[3]);
        return 0;
    };
    EXPECT_EQ(sqlite3_exec(handle, ("EXPLAIN QUERY PLAN " + sql).c_str(), keep, &lines, nullptr), SQLITE_OK) << sql;
    return lines;
}

}  // namespace plocal::storage
