#include "server/service/s3/folder_store.h"

#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/base/file.h"
#include "tests/support/full_disk.h"
#include "tests/support/objects.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::s3 {
namespace {

using storage::TemporaryFolder;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

namespace fs = std::filesystem;

/// A folder with a bucket "shop" and, beside the folder, a secret that no call may reach.
class FolderStoreTest : public testing::Test {
protected:
    FolderStoreTest() {
        make("../secret.txt", "secret");
        fs::create_directories(root_ / "shop");
    }

    /// Makes a file below the store's folder, and the folders that it lies in.
    void make(const std::string& path, const std::string& content = "x") const {
        fs::create_directories((root_ / path).parent_path());
        std::ofstream(root_ / path, std::ios::binary) << content;
    }

    void link(const std::string& target, const std::string& path) const {
        fs::create_directories((root_ / path).parent_path());
        fs::create_symlink(target, root_ / path);
    }

    std::string text_of(const std::string& path) const {
        std::error_code error;
        return base::read_text_file(root_ / path, error);
    }

    /// The paths of all that lies in the bucket, folders and hidden files too.
    std::set<std::string> everything() const {
        std::set<std::string> paths;
        for (const auto& entry : fs::recursive_directory_iterator(root_ / "shop")) {
            paths.insert(entry.path().lexically_relative(root_ / "shop").string());
        }
        return paths;
    }

    /// The text of the error, with FOLDER for the path of the store's folder.
    template <class Call>
    std::string error_in_folder(Call&& call) const {
        std::string text = error_of(call);
        for (std::size_t at = text.find(root_); at != std::string::npos; at = text.find(root_)) {
            text.replace(at, root_.string().size(), "FOLDER");
        }
        return text;
    }

    TemporaryFolder temporary_;
    fs::path root_ = fs::path(temporary_.path()) / "s3";
    FolderStore store_{(fs::create_directories(root_), root_)};
};

/// The rights of a user that owns nothing, for this thread's calls on files. Without the right to change users the test
/// has such rights already.
class NoRights {
public:
    NoRights() : before_(setfsuid(some_user)) {}
    ~NoRights() { setfsuid(static_cast<uid_t>(before_)); }
    NoRights(const NoRights&) = delete;
    NoRights& operator=(const NoRights&) = delete;

private:
    static constexpr uid_t some_user = 65534;
    int before_;
};

void set_mode(const fs::path& path, mode_t mode) {
    ASSERT_EQ(chmod(path.c_str(), mode), 0);
}

TEST_F(FolderStoreTest, ReadsWhatLiesInTheFolder) {
    make("shop/in/users.json", "{\"userId\":\"1\"}");
    EXPECT_EQ(content_of(store_, {"shop", "in/users.json"}), "{\"userId\":\"1\"}");
}

TEST_F(FolderStoreTest, ReadsALongObjectInPieces) {
    const std::string content(1'000'000, 'a');
    make("shop/long", content);
    const auto pieces = store_.read({"shop", "long"}, {});
    EXPECT_LT(pieces->next().size(), content.size());
    EXPECT_TRUE(content_of(store_, {"shop", "long"}) == content);
}

TEST_F(FolderStoreTest, ReadsAnEmptyObject) {
    make("shop/empty", "");
    EXPECT_EQ(content_of(store_, {"shop", "empty"}), "");
}

TEST_F(FolderStoreTest, ListsByTheBytesOfKeys) {
    for (const char* const key : {"a/b.csv", "a.csv", "a-b", "a0", "a/B.csv", "b", "a/b/c", "ä", "a/b!"}) {
        make(std::string("shop/") + key);
    }
    EXPECT_THAT(listed(store_, {"shop", ""}),
                ElementsAre("a-b 1", "a.csv 1", "a/B.csv 1", "a/b! 1", "a/b.csv 1", "a/b/c 1", "a0 1", "b 1", "ä 1"));
}

TEST_F(FolderStoreTest, ListsTheKeysThatBeginWithAPrefix) {
    for (const char* const key : {"in/users/1.json", "in/users.json", "in/items.json", "inside"}) {
        make(std::string("shop/") + key, "12");
    }
    const struct {
        const char* prefix;
        std::vector<std::string> keys;
    } cases[] = {
        {"in", {"in/items.json 2", "in/users.json 2", "in/users/1.json 2", "inside 2"}},
        {"in/", {"in/items.json 2", "in/users.json 2", "in/users/1.json 2"}},
        {"in/users", {"in/users.json 2", "in/users/1.json 2"}},
        {"in/users/", {"in/users/1.json 2"}},
        {"in/users/1.json", {"in/users/1.json 2"}},
        {"in/users/1.json/", {}},
        {"other", {}},
        {"other/in", {}},
        {"../shop/in", {}},
        {"in/../in/users", {}},
        {"./in", {}},
        {"/in", {}},
        {"in//users", {}},
    };
    for (const auto& each : cases) EXPECT_EQ(listed(store_, {"shop", each.prefix}), each.keys) << each.prefix;
}

TEST_F(FolderStoreTest, ListsNothingButFilesThatCanBeObjects) {
    make("shop/a");
    make("shop/.personalize-local-00000000000000ff.part");
    make("shop/not-utf8-\xff");
    fs::create_directories(root_ / "shop/empty-folder");
    ASSERT_EQ(mkfifo((root_ / "shop/pipe").c_str(), 0600), 0);
    link("a", "shop/link-to-a-file");
    link("/", "shop/link-to-the-root");
    link("..", "shop/link-upward");
    link(".", "shop/link-to-itself");
    EXPECT_THAT(listed(store_, {"shop", ""}), ElementsAre("a 1"));
}

TEST_F(FolderStoreTest, HasNoObjectWhoseKeyIsTooLongForS3) {
    fs::path folder = root_ / "shop";
    for (int i = 0; i < 6; ++i) folder /= std::string(200, 'a');
    fs::create_directories(folder);
    std::ofstream(folder / "deep") << "x";
    std::ofstream(folder.parent_path() / "b") << "x";
    const std::string beginning = (std::string(200, 'a') + "/");
    const std::string four = beginning + beginning + beginning + beginning + beginning;
    EXPECT_THAT(listed(store_, {"shop", ""}), ElementsAre(four + "b 1"));
    EXPECT_THAT(error_of([&] {
                    put(store_, {"shop", std::string(1'025, 'a')}, "x");
                }),
                testing::HasSubstr("InvalidKey"));
}

TEST_F(FolderStoreTest, IsNeverLeftByReading) {
    link("../../secret.txt", "shop/link");
    link("../..", "shop/up");
    link(root_.parent_path(), "shop/absolute");
    link("..", "bucket-link");
    make("shop/file");
    ASSERT_EQ(mkfifo((root_ / "shop/pipe").c_str(), 0600), 0);
    const struct {
        ObjectName name;
        const char* error;
    } cases[] = {
        {{"shop", "../../secret.txt"}, "s3://shop/../../secret.txt: NoSuchKey: no file can have this name"},
        {{"shop", "file/../../../secret.txt"},
         "s3://shop/file/../../../secret.txt: NoSuchKey: no file can have this name"},
        {{"shop", "./file"}, "s3://shop/./file: NoSuchKey: no file can have this name"},
        {{"shop", "/file"}, "s3://shop//file: NoSuchKey: no file can have this name"},
        {{"shop", "file/"}, "s3://shop/file/: NoSuchKey: no file can have this name"},
        {{"shop", ""}, "s3://shop/: NoSuchKey: no file can have this name"},
        {{"shop", "link"}, "s3://shop/link: NoSuchKey: FOLDER/shop/link is a link, and links are not followed"},
        {{"shop", "up/secret.txt"},
         "s3://shop/up/secret.txt: NoSuchKey: FOLDER/shop/up is a link, and links are not followed"},
        {{"shop", "absolute/secret.txt"},
         "s3://shop/absolute/secret.txt: NoSuchKey: FOLDER/shop/absolute is a link, and links are not followed"},
        {{"bucket-link", "secret.txt"},
         "s3://bucket-link/secret.txt: NoSuchBucket: FOLDER/bucket-link is a link, and links are not followed"},
        {{"..", "secret.txt"}, "s3://../secret.txt: NoSuchBucket: no folder can have this name"},
        {{".", "shop/file"}, "s3://./shop/file: NoSuchBucket: no folder can have this name"},
        {{"", "shop/file"}, "s3:///shop/file: NoSuchBucket: no folder can have this name"},
        {{"shop/..", "shop/file"}, "s3://shop/../shop/file: NoSuchBucket: no folder can have this name"},
        {{"shop", "pipe"}, "s3://shop/pipe: NoSuchKey: FOLDER/shop/pipe is not a regular file"},
        {{"shop", "file/below"}, "s3://shop/file/below: NoSuchKey: FOLDER/shop/file is not a folder"},
    };
    for (const auto& each : cases) {
        EXPECT_EQ(error_in_folder([&] { content_of(store_, each.name); }), each.error);
    }
}

TEST_F(FolderStoreTest, IsNeverLeftByWriting) {
    link("../../secret.txt", "shop/link");
    link("../..", "shop/up");
    make("shop/file", "old");
    const struct {
        ObjectName name;
        const char* error;
    } cases[] = {
        {{"shop", "link"},
         "InvalidKey: FOLDER/shop/link is not a file and is not replaced; remove it or take another key"},
        {{"shop", "up/secret.txt"}, "InvalidKey: FOLDER/shop/up is a link, and links are not followed"},
        {{"shop", "up/new/secret.txt"}, "InvalidKey: FOLDER/shop/up is a link, and links are not followed"},
        {{"shop", "file/below"}, "InvalidKey: FOLDER/shop/file is not a folder"},
        {{"shop", "../../secret.txt"}, "InvalidKey: no file can have this name"},
        {{"shop", "new/../../../secret.txt"}, "InvalidKey: no file can have this name"},
        {{"shop", "a//b"}, "InvalidKey: no file can have this name"},
        {{"shop", "a/"}, "InvalidKey: no file can have this name"},
        {{"shop", ""}, "InvalidKey: no file can have this name"},
        {{"shop", ".personalize-local-1.part"}, "InvalidKey: no file can have this name"},
        {{"..", "secret.txt"}, "NoSuchBucket: no folder can have this name"},
        {{"none", "a"}, "NoSuchBucket: there is no FOLDER/none"},
    };
    for (const auto& each : cases) {
        EXPECT_THAT(error_in_folder([&] { put(store_, each.name, "overwritten"); }),
                    StartsWith(each.name.url() + ": " + each.error));
    }
    EXPECT_NE(error_of([&] { put(store_, {"shop", std::string("a\0b", 3)}, "x"); }), "");
    EXPECT_EQ(text_of("../secret.txt"), "secret");
    EXPECT_THAT(everything(), ElementsAre("file", "link", "up"));
}

TEST_F(FolderStoreTest, SaysWhatIsNotThere) {
    make("file-as-bucket");
    make("shop/folder/file");
    const auto error_reading = [&](const ObjectName& name) {
        return error_in_folder([&] { content_of(store_, name); });
    };
    EXPECT_EQ(error_reading({"none", "a"}), "s3://none/a: NoSuchBucket: there is no FOLDER/none");
    EXPECT_EQ(error_reading({"file-as-bucket", "a"}),
              "s3://file-as-bucket/a: NoSuchBucket: FOLDER/file-as-bucket is not a folder");
    EXPECT_EQ(error_reading({"shop", "a/b"}), "s3://shop/a/b: NoSuchKey: there is no FOLDER/shop/a");
    EXPECT_EQ(error_reading({"shop", "folder"}), "s3://shop/folder: NoSuchKey: FOLDER/shop/folder is a folder");
    EXPECT_EQ(error_reading({"shop", std::string(256, 'a')}),
              "s3://shop/" + std::string(256, 'a') + ": NoSuchKey: there is no FOLDER/shop/" + std::string(256, 'a'));
    EXPECT_EQ(error_in_folder([&] {
                  listed(store_, {"none", "a"});
              }),
              "s3://none/a: NoSuchBucket: there is no FOLDER/none");
    fs::remove_all(root_);
    EXPECT_EQ(error_reading({"shop", "a"}), "s3://shop/a: FOLDER cannot be opened: No such file or directory");
}

TEST_F(FolderStoreTest, WritesWithTheFoldersOfTheKey) {
    put(store_, {"shop", "out/2026/users.json.out"}, "line\n");
    put(store_, {"shop", "out/2026/users.json.out"}, "another line\n");
    put(store_, {"shop", "out/_CHECK"}, "");
    EXPECT_EQ(text_of("shop/out/2026/users.json.out"), "another line\n");
    EXPECT_THAT(everything(), ElementsAre("out", "out/2026", "out/2026/users.json.out", "out/_CHECK"));
}

TEST_F(FolderStoreTest, WritesANameOfTheLongestKind) {
    const std::string name(255, 'a');
    put(store_, {"shop", name}, "x");
    EXPECT_THAT(listed(store_, {"shop", ""}), ElementsAre(name + " 1"));
    EXPECT_EQ(error_in_folder([&] {
                  put(store_, {"shop", name + "a"}, "x");
              }),
              "s3://shop/" + name + "a: FOLDER/shop/" + name + "a cannot be written: File name too long");
    EXPECT_THAT(everything(), ElementsAre(name));
}

TEST_F(FolderStoreTest, ShowsNothingOfAnObjectBeforeItIsFinished) {
    make("shop/out", "old");
    const auto over_old = store_.write({"shop", "out"}, {});
    over_old->write("new");
    const auto beside = store_.write({"shop", "new/out"}, {});
    beside->write("new");
    EXPECT_THAT(listed(store_, {"shop", ""}), ElementsAre("out 3"));
    EXPECT_EQ(content_of(store_, {"shop", "out"}), "old");
    over_old->finish();
    beside->finish();
    EXPECT_THAT(everything(), ElementsAre("new", "new/out", "out"));
    EXPECT_EQ(content_of(store_, {"shop", "out"}), "new");
}

TEST_F(FolderStoreTest, LeavesNothingOfAnObjectThatIsNotFinished) {
    store_.write({"shop", "new/folders/out"}, {})->write("a line");
    EXPECT_THAT(everything(), IsEmpty());
}

TEST_F(FolderStoreTest, HasNoObjectThatIsWithdrawn) {
    make("shop/other", "");
    for (const char* const key : {"a.csv", "new/folder/a.csv"}) {
        const auto writer = store_.write({"shop", key}, {});
        writer->write("content");
        writer->seal();
        writer->finish();
        EXPECT_EQ(content_of(store_, {"shop", key}), "content");
        writer->withdraw();
        EXPECT_THAT(error_of([&] { content_of(store_, {"shop", key}); }), testing::HasSubstr("NoSuchKey"));
    }
}

TEST_F(FolderStoreTest, RemovesWhatAKilledWriterHasLeft) {
    make("shop/.personalize-local-00000000000000ff.part");
    make("shop/out/.personalize-local-00000000000000fe.part");
    put(store_, {"shop", "out/a"}, "x");
    EXPECT_THAT(everything(), ElementsAre("out", "out/a"));
}

TEST_F(FolderStoreTest, LeavesTheFileOfAnotherWriterAlone) {
    FolderStore other(root_);
    const auto writer = other.write({"shop", "a"}, {});
    writer->write("from another process");
    put(store_, {"shop", "b"}, "x");
    writer->finish();
    EXPECT_THAT(listed(store_, {"shop", ""}), ElementsAre("a 20", "b 1"));
}

TEST_F(FolderStoreTest, SaysWhenTheDiskIsFull) {
    make("shop/out", "old");
    {
        const support::FullDisk disk(10);
        EXPECT_EQ(error_in_folder([&] {
                      put(store_, {"shop", "out"}, "more than ten bytes");
                  }),
                  "s3://shop/out: FOLDER/shop/out cannot be written: File too large");
    }
    EXPECT_EQ(text_of("shop/out"), "old");
    EXPECT_THAT(everything(), ElementsAre("out"));
}

TEST_F(FolderStoreTest, SaysWhatItMayNotAccess) {
    make("shop/unreadable");
    make("shop/closed/file");
    make("shop/read-only/file");
    set_mode(temporary_.path(), 0711);
    set_mode(root_ / "shop/unreadable", 0);
    set_mode(root_ / "shop/read-only", 0555);
    set_mode(root_ / "shop/closed", 0);
    {
        const NoRights rights;
        const std::string denied = " Permission denied";
        EXPECT_EQ(error_in_folder([&] {
                      content_of(store_, {"shop", "unreadable"});
                  }),
                  "s3://shop/unreadable: AccessDenied: FOLDER/shop/unreadable cannot be read:" + denied);
        EXPECT_EQ(error_in_folder([&] {
                      content_of(store_, {"shop", "closed/file"});
                  }),
                  "s3://shop/closed/file: AccessDenied: FOLDER/shop/closed/file cannot be read:" + denied);
        EXPECT_EQ(error_in_folder([&] {
                      listed(store_, {"shop", ""});
                  }),
                  "s3://shop/: AccessDenied: FOLDER/shop/closed cannot be listed:" + denied);
        EXPECT_EQ(error_in_folder([&] {
                      put(store_, {"shop", "read-only/new"}, "x");
                  }),
                  "s3://shop/read-only/new: AccessDenied: FOLDER/shop/read-only/new cannot be written:" + denied);
    }
    set_mode(root_ / "shop/closed", 0755);
    set_mode(root_ / "shop/read-only", 0755);
}

TEST_F(FolderStoreTest, NoticesThatTheWorkIsAborted) {
    make("shop/a", std::string(1'000'000, 'a'));
    bool is_aborted = false;
    const Access access{"us-east-1", [&is_aborted] { return is_aborted; }};
    const auto pieces = store_.read({"shop", "a"}, access);
    const auto writer = store_.write({"shop", "b"}, access);
    pieces->next();
    writer->write("x");
    is_aborted = true;
    EXPECT_THROW(pieces->next(), Aborted);
    EXPECT_THROW(writer->write("x"), Aborted);
    EXPECT_THROW(writer->finish(), Aborted);
    EXPECT_THROW(listed(store_, {"shop", ""}, access), Aborted);
    EXPECT_THROW(store_.read({"shop", "a"}, access), Aborted);
    EXPECT_THROW(store_.write({"shop", "c"}, access), Aborted);
}

/// Keys of few letters, so that files and folders come close in the order of bytes.
std::string draw_key(std::mt19937_64& random) {
    constexpr std::string_view letters = "a.-!0/z";
    std::string key;
    for (std::uint64_t left = 1 + random() % 8; left > 0; --left) key += letters[random() % letters.size()];
    return key;
}

TEST_F(FolderStoreTest, ListsRandomKeysAsASortedSetDoes) {
    std::mt19937_64 random(7);
    std::set<std::string> keys;
    for (int i = 0; i < 400; ++i) {
        const std::string key = draw_key(random);
        if (error_of([&] { put(store_, {"shop", key}, "1"); }).empty()) keys.insert(key);
    }
    ASSERT_GT(keys.size(), 40U);
    for (int i = 0; i < 200; ++i) {
        const std::string prefix = i == 0 ? "" : draw_key(random);
        std::vector<std::string> expected;
        for (const std::string& key : keys) {
            if (key.starts_with(prefix)) expected.push_back(key + " 1");
        }
        EXPECT_EQ(listed(store_, {"shop", prefix}), expected) << prefix;
    }
}

}  // namespace
}  // namespace plocal::s3
