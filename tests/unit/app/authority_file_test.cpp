#include "server/app/authority_file.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/app/given_file.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::app {
namespace {

namespace fs = std::filesystem;

class AuthorityFile : public testing::Test {
protected:
    fs::path at(const std::string& name) const { return fs::path(folder_.path()) / name; }
    static fs::perms mode_of(const fs::path& file) { return fs::status(file).permissions(); }

    storage::TemporaryFolder folder_;
};

TEST_F(AuthorityFile, MakesAnAuthorityOnceAndKeepsIt) {
    const auto first = keep_authority(at("of/mine"));
    ASSERT_TRUE(first);
    EXPECT_TRUE(first->is_new);
    EXPECT_EQ(first->ca_file, at("of/mine/ca.pem"));
    EXPECT_EQ(read_file(first->ca_file), first->authority.certificate);
    EXPECT_TRUE(http::is_good_authority(first->authority));
    const auto second = keep_authority(at("of/mine"));
    ASSERT_TRUE(second);
    EXPECT_FALSE(second->is_new);
    EXPECT_EQ(second->authority.certificate, first->authority.certificate);
}

TEST_F(AuthorityFile, ShowsTheKeyToNobodyElse) {
    const auto kept = keep_authority(at("mine"));
    ASSERT_TRUE(kept);
    EXPECT_EQ(mode_of(at("mine/ca-key.pem")), fs::perms(0600));
    EXPECT_EQ(mode_of(at("mine/ca.pem")), fs::perms(0644));
    EXPECT_EQ(read_file(at("mine/ca.pem"))->find("KEY"), std::string::npos);
}

TEST_F(AuthorityFile, LeavesNothingElseBehind) {
    ASSERT_TRUE(keep_authority(at("mine")));
    EXPECT_EQ(std::distance(fs::directory_iterator(at("mine")), {}), 2);
}

TEST_F(AuthorityFile, ReplacesWhatIsNoAuthority) {
    fs::create_directory(at("mine"));
    std::ofstream(at("mine/ca-key.pem")) << "nonsense";
    std::ofstream(at("mine/ca.pem")) << "nonsense";
    const auto kept = keep_authority(at("mine"));
    ASSERT_TRUE(kept);
    EXPECT_TRUE(kept->is_new);
    EXPECT_EQ(read_file(at("mine/ca.pem")), kept->authority.certificate);
    EXPECT_EQ(keep_authority(at("mine"))->authority.certificate, kept->authority.certificate);
}

TEST_F(AuthorityFile, PublishesTheCertificateAgainWhereItWasLost) {
    const auto kept = keep_authority(at("mine"));
    fs::remove(at("mine/ca.pem"));
    ASSERT_TRUE(keep_authority(at("mine")));
    EXPECT_EQ(read_file(at("mine/ca.pem")), kept->authority.certificate);
}

TEST_F(AuthorityFile, HasNoneWhereNothingCanBeWritten) {
    std::ofstream(at("file")) << "not a folder";
    EXPECT_FALSE(keep_authority(at("file")));
    EXPECT_FALSE(keep_authority("/proc/self/nowhere"));
}

TEST_F(AuthorityFile, IsTheSameForAllProcessesThatAskAtOnce) {
    constexpr int processes = 8;
    std::array<pid_t, processes> children{};
    for (int i = 0; i < processes; ++i) {
        children.at(static_cast<std::size_t>(i)) = fork();
        if (children.at(static_cast<std::size_t>(i)) != 0) continue;
        const auto kept = keep_authority(at("mine"));
        if (kept) std::ofstream(at("seen-" + std::to_string(i))) << kept->authority.certificate;
        _exit(kept ? 0 : 1);
    }
    for (const pid_t child : children) {
        int status = 0;
        waitpid(child, &status, 0);
        EXPECT_EQ(status, 0);
    }
    const auto kept = keep_authority(at("mine"));
    ASSERT_TRUE(kept);
    for (int i = 0; i < processes; ++i) {
        EXPECT_EQ(read_file(at("seen-" + std::to_string(i))), kept->authority.certificate) << i;
    }
}

}  // namespace
}  // namespace plocal::app
