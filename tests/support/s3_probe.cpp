// A program for tests that lets the store of objects meet real endpoints and folders:
//   s3_probe WHERE list|get|put|fill BUCKET KEY
// `list` prints each key and its size, `get` the content, and `put` writes what comes from stdin. `fill` writes an
// object of one byte for each line of stdin, which is the end of its key. An error is one line on stderr, with exit
// code 1. AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are the key of an endpoint.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/service/s3/endpoint_store.h"
#include "server/service/s3/folder_store.h"

namespace {

using plocal::s3::Access;
using plocal::s3::ObjectName;
using plocal::s3::ObjectStore;

std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

std::unique_ptr<ObjectStore> open_store(const std::string& where) {
    const auto url = plocal::http::parse_url(where);
    if (!url) return std::make_unique<plocal::s3::FolderStore>(where);
    return std::make_unique<plocal::s3::EndpointStore>(plocal::s3::Endpoint{
        .url = *url, .key = {variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"), ""}, .tls = nullptr});
}

void print(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}

void get(ObjectStore& store, const ObjectName& name, const Access& access) {
    const auto pieces = store.read(name, access);
    for (std::string_view piece = pieces->next(); !piece.empty(); piece = pieces->next()) print(piece);
}

void put(ObjectStore& store, const ObjectName& name, const Access& access) {
    constexpr std::size_t piece_bytes = 100'000;
    const auto writer = store.write(name, access);
    std::string piece(piece_bytes, '\0');
    while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), stdin)) {
        writer->write(std::string_view(piece).substr(0, size));
    }
    writer->finish();
}

void fill(ObjectStore& store, const ObjectName& name, const Access& access) {
    std::string end;
    for (int c = std::getchar(); c != EOF; c = std::getchar()) {
        if (c != '\n') {
            end += static_cast<char>(c);
            continue;
        }
        const auto writer = store.write({name.bucket, name.key + end}, access);
        writer->write("x");
        writer->finish();
        end.clear();
    }
}

int run(const std::vector<std::string>& arguments) {
    if (arguments.size() != 4) {
        std::fputs("s3_probe WHERE list|get|put|fill BUCKET KEY\n", stderr);
        return 2;
    }
    const auto store = open_store(arguments[0]);
    const ObjectName name{arguments[2], arguments[3]};
    const Access access{"us-east-1", {}};
    if (arguments[1] == "get") get(*store, name, access);
    if (arguments[1] == "put") put(*store, name, access);
    if (arguments[1] == "fill") fill(*store, name, access);
    if (arguments[1] == "list") {
        const auto show = [](const plocal::s3::ListedObject& object) {
            print(object.key + " " + std::to_string(object.size_bytes) + "\n");
        };
        store->list(name, show, access);
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
