#include "server/app/authority_file.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <variant>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/base/file.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::app {
namespace {

namespace fs = std::filesystem;

class AuthorityFile : public testing::Test {
protected:
    fs::path at(const std::string& name) const { return fs::path(folder_.path()) / name; }
    /// The authority of this folder, or nothing.
    static std::optional<KeptAuthority> kept_in(const fs::path& folder) {
        auto kept = keep_authority(folder);
        if (auto* const authority = std::get_if<KeptAuthority>(&kept)) return std::move(*authority);
        return std::nullopt;
    }

    /// Why the folder holds no authority; "kept" if it does.
    static std::string why_not(const fs::path& folder) {
        const auto kept = keep_authority(folder);
        const auto* const why = std::get_if<NotKept>(&kept);
        return why == nullptr ? "kept" : why->why;
    }

    static std::string text_of(const fs::path& file) {
        std::error_code error;
        std::string text = base::read_text_file(file, error);
        EXPECT_FALSE(error) << file;
        return text;
    }

    static void write(const fs::path& file, const std::string& text, fs::perms mode = fs::perms(0600)) {
        std::ofstream(file) << text;
        fs::permissions(file, mode);
    }

    static fs::perms mode_of(const fs::path& file) { return fs::status(file).permissions(); }

    storage::TemporaryFolder folder_;
};

TEST_F(AuthorityFile, CreatesAnAuthorityOnceAndKeepsIt) {
    const auto first = kept_in(at("mine"));
    ASSERT_TRUE(first);
    EXPECT_TRUE(first->is_new);
    EXPECT_EQ(first->ca_file, at("mine/ca.pem"));
    EXPECT_EQ(text_of(first->ca_file), first->authority.certificate);
    EXPECT_TRUE(http::is_good_authority(first->authority));
    const auto second = kept_in(at("mine"));
    ASSERT_TRUE(second);
    EXPECT_FALSE(second->is_new);
    EXPECT_EQ(second->authority.certificate, first->authority.certificate);
}

TEST_F(AuthorityFile, HidesTheKeyFromOtherUsers) {
    const auto kept = kept_in(at("mine"));
    ASSERT_TRUE(kept);
    EXPECT_EQ(mode_of(at("mine/ca-key.pem")), fs::perms(0600));
    EXPECT_EQ(mode_of(at("mine/ca.pem")), fs::perms(0644));
    EXPECT_EQ(text_of(at("mine/ca.pem")).find("KEY"), std::string::npos);
}

TEST_F(AuthorityFile, LeavesNothingElseBehind) {
    ASSERT_TRUE(kept_in(at("mine")));
    EXPECT_EQ(std::distance(fs::directory_iterator(at("mine")), {}), 2);
}

TEST_F(AuthorityFile, ReplacesOneOfItsOwnThatIsUnusable) {
    fs::create_directory(at("mine"));
    const std::string old = http::make_authority("personalize-local CA").certificate;
    write(at("mine/ca-key.pem"), old + http::make_authority("personalize-local CA").key);
    write(at("mine/ca.pem"), old);
    const auto kept = kept_in(at("mine"));
    ASSERT_TRUE(kept);
    EXPECT_TRUE(kept->is_new);
    EXPECT_EQ(text_of(at("mine/ca.pem")), kept->authority.certificate);
    EXPECT_EQ(kept_in(at("mine"))->authority.certificate, kept->authority.certificate);
}

TEST_F(AuthorityFile, LeavesFilesOfOthersUnchanged) {
    fs::create_directory(at("mine"));
    const http::CertifiedKey other = http::make_authority("my own");
    for (const std::string& text : {std::string("nonsense"), std::string(), other.key, other.certificate + other.key}) {
        write(at("mine/ca-key.pem"), text);
        const bool is_usable = text.starts_with(other.certificate);
        EXPECT_EQ(why_not(at("mine")), is_usable ? "kept" : at("mine/ca-key.pem").string() + " holds something else");
        EXPECT_EQ(text_of(at("mine/ca-key.pem")), text);
    }
}

TEST_F(AuthorityFile, ReplacesNoForeignCertificate) {
    ASSERT_TRUE(kept_in(at("mine")));
    const std::string other = http::make_authority("my own").certificate;
    write(at("mine/ca.pem"), other);
    EXPECT_EQ(why_not(at("mine")), at("mine/ca.pem").string() + " holds something else");
    EXPECT_EQ(text_of(at("mine/ca.pem")), other);
}

TEST_F(AuthorityFile, TrustsNoKeyThatOthersCanAccess) {
    ASSERT_TRUE(kept_in(at("mine")));
    const fs::path secret = at("mine/ca-key.pem");
    for (const int mode : {0640, 0604, 0660, 0666}) {
        fs::permissions(secret, fs::perms(mode));
        EXPECT_THAT(why_not(at("mine")), testing::HasSubstr("only this user owns and can access")) << mode;
    }
    fs::permissions(secret, fs::perms(0600));
    EXPECT_EQ(why_not(at("mine")), "kept");
    fs::rename(secret, at("elsewhere"));
    fs::create_symlink(at("elsewhere"), secret);
    EXPECT_THAT(why_not(at("mine")), testing::HasSubstr("cannot be read"));
    fs::remove(secret);
    ASSERT_EQ(mkfifo(secret.c_str(), 0600), 0);
    EXPECT_THAT(why_not(at("mine")), testing::HasSubstr("is not a file")) << "and does not block on a pipe";
}

TEST_F(AuthorityFile, PublishesALostCertificateAgain) {
    const auto kept = kept_in(at("mine"));
    fs::remove(at("mine/ca.pem"));
    ASSERT_TRUE(kept_in(at("mine")));
    EXPECT_EQ(text_of(at("mine/ca.pem")), kept->authority.certificate);
}

TEST_F(AuthorityFile, ReportsAFolderThatCannotBeWritten) {
    std::ofstream(at("file")) << "not a folder";
    EXPECT_THAT(why_not(at("file")), testing::HasSubstr("Not a directory"));
    EXPECT_THAT(why_not("/proc/self/nowhere"), testing::HasSubstr("cannot be created"));
    EXPECT_THAT(why_not(at("no/such/folder")), testing::HasSubstr("cannot be created"));
    EXPECT_FALSE(fs::exists(at("no")));
}

TEST_F(AuthorityFile, IsTheSameForAllProcessesThatStartAtOnce) {
    constexpr int processes = 8;
    std::array<pid_t, processes> children{};
    for (int i = 0; i < processes; ++i) {
        children.at(static_cast<std::size_t>(i)) = fork();
        if (children.at(static_cast<std::size_t>(i)) != 0) continue;
        const auto kept = kept_in(at("mine"));
        if (kept) std::ofstream(at("seen-" + std::to_string(i))) << kept->authority.certificate;
        _exit(kept ? 0 : 1);
    }
    for (const pid_t child : children) {
        int status = 0;
        waitpid(child, &status, 0);
        EXPECT_EQ(status, 0);
    }
    const auto kept = kept_in(at("mine"));
    ASSERT_TRUE(kept);
    for (int i = 0; i < processes; ++i) {
        EXPECT_EQ(text_of(at("seen-" + std::to_string(i))), kept->authority.certificate) << i;
    }
}

}  // namespace
}  // namespace plocal::app
