// What tests of stores share: listing, reading and writing whole objects, and the text of the error that a call throws.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/service/s3/object_store.h"

namespace plocal::s3 {

/// "key size" of each object with this prefix.
inline std::vector<std::string> listed(ObjectStore& store, const ObjectName& prefix, const Access& access = {}) {
    std::vector<std::string> lines;
    store.list(
        prefix,
        [&lines](const ListedObject& object) { lines.push_back(object.key + " " + std::to_string(object.size_bytes)); },
        access);
    return lines;
}

inline std::string content_of(ObjectStore& store, const ObjectName& name, const Access& access = {}) {
    std::string content;
    const auto pieces = store.read(name, access);
    for (std::string_view piece = pieces->next(); !piece.empty(); piece = pieces->next()) content += piece;
    return content;
}

inline void put(ObjectStore& store, const ObjectName& name, std::string_view content, const Access& access = {}) {
    const auto writer = store.write(name, access);
    writer->write(content);
    writer->finish();
}

/// The text of the StoreError that the call throws, "" if it throws none.
template <class Call>
std::string error_of(Call&& call) {
    try {
        call();
    } catch (const StoreError& error) {
        return error.what();
    }
    return "";
}

}  // namespace plocal::s3
