// States that are too long for memory, in and out.
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "server/base/spool.h"
#include "tests/support/full_disk.h"
#include "tests/unit/local/control/asking.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::control {
namespace {

using base::Json;
using support::Answer;
using support::FullDisk;
using support::World;

/// Every state is too long for the memory of such a world.
world::WorldConfig without_memory(const storage::TemporaryFolder& folder) {
    world::WorldConfig config = usual_beginning();
    config.spool_place = {.folder = folder.path(), .memory_bytes = 0};
    return config;
}

std::string text_of(const base::Spool& spool) {
    const auto pieces = spool.open();
    std::string text;
    for (std::string_view piece = pieces->next(); !piece.empty(); piece = pieces->next()) text += piece;
    return text;
}

Answer sent_from_file(World& world, std::string_view method, const storage::TemporaryFolder& folder,
                      std::string_view document) {
    const auto spool = std::make_shared<base::Spool>(base::SpoolPlace{.folder = folder.path(), .memory_bytes = 0});
    spool->append(document);
    EXPECT_FALSE(spool->is_in_memory());
    protocol::Request request{.method = method, .target = "/_local/state", .headers = {}, .body = {}};
    request.spooled_body = spool;
    return world.send(request);
}

TEST(LongState, IsWrittenToAFileAsItWouldBeToMemory) {
    const storage::TemporaryFolder folder;
    World world = World::from(usual_beginning());
    World other = World::from(without_memory(folder));
    for (World* const each : {&world, &other}) set_in_motion(*each);
    const std::string expected = asked(world, "GET", "/_local/state").text;
    const Answer answer = asked(other, "GET", "/_local/state");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.text, "");
    ASSERT_NE(answer.response.spooled_body, nullptr);
    EXPECT_EQ(text_of(*answer.response.spooled_body), expected);
}

TEST(LongState, IsLoadedFromAFileAsItWouldBeFromMemory) {
    const storage::TemporaryFolder folder;
    World world = World::from(usual_beginning());
    set_in_motion(world);
    const std::string snapshot = asked(world, "GET", "/_local/state").text;
    for (const char* const method : {"PUT", "POST"}) {
        World other = World::from({.clock = lifecycle::Clock::frozen(World::start_time())});
        const Answer answer = sent_from_file(other, method, folder, snapshot);
        EXPECT_EQ(answer.status, 200) << answer.text;
        EXPECT_EQ(asked(other, "GET", "/_local/state").text, snapshot) << method;
    }
}

TEST(LongState, IsRefusedFromAFileAsItWouldBeFromMemory) {
    const storage::TemporaryFolder folder;
    World world = World::from(usual_beginning());
    const std::string before = asked(world, "GET", "/_local/state").text;
    for (const char* const document : {"{", R"({"batchInferenceJobs": [{}]})", R"({"colour": 1})"}) {
        const Answer from_memory =
            world.send({.method = "PUT", .target = "/_local/state", .headers = {}, .body = document});
        const Answer from_file = sent_from_file(world, "PUT", folder, document);
        EXPECT_EQ(from_file.status, 400) << document;
        EXPECT_EQ(from_file.text, from_memory.text) << document;
    }
    EXPECT_EQ(asked(world, "GET", "/_local/state").text, before);
}

TEST(LongState, ThatCannotBeReceivedChangesNothing) {
    World world = World::from(usual_beginning());
    const std::string before = asked(world, "GET", "/_local/state").text;
    protocol::Request request{.method = "PUT", .target = "/_local/state", .headers = {}, .body = {}};
    request.body_error = "a temporary file cannot be written in /data: No space left on device";
    const Answer answer = world.send(request);
    EXPECT_EQ(answer.status, 507);
    EXPECT_EQ(answer.body["error"],
              "the body cannot be kept: a temporary file cannot be written in /data: No space left on device");
    EXPECT_EQ(asked(world, "GET", "/_local/state").text, before);
}

TEST(LongState, ThatCannotBeWrittenIsRefused) {
    const storage::TemporaryFolder folder;
    World world = World::from(without_memory(folder));
    {
        const FullDisk disk(10);
        const Answer answer = asked(world, "GET", "/_local/state");
        EXPECT_EQ(answer.status, 507);
        EXPECT_EQ(answer.body["error"], "the state cannot be kept: a temporary file cannot be written in " +
                                            folder.path() + ": File too large");
    }
    EXPECT_EQ(asked(world, "GET", "/_local/state").status, 200) << "there is room again";
}

}  // namespace
}  // namespace plocal::control
