#include "server/app/options.h"

#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "server/app/command_line.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::app {
namespace {

using Texts = std::vector<std::string>;

TEST(Options, MustBeConsistent) {
    const struct {
        Texts arguments;
        std::string complaint;
    } cases[] = {
        {{}, ""},
        {{"--tls-cert", "auto", "--tls-port", "0", "--tls-name", "personalize"}, ""},
        {{"--tls-cert", "a.pem", "--tls-key", "b.pem"}, ""},
        {{"--tls-cert", "auto", "--tls-port", "0", "--port", "0"}, ""},
        {{"--auth", "sigv4", "--credentials", "keys.ini"}, ""},
        {{"--tls-cert", "a.pem"}, "--tls-cert without --tls-key "},
        {{"--tls-key", "b.pem"}, "--tls-key without --tls-cert "},
        {{"--tls-cert", "auto", "--tls-key", "b.pem"}, "--tls-key with --tls-cert auto"},
        {{"--tls-port", "7378"}, "--tls-port without --tls-cert "},
        {{"--tls-name", "a"}, "--tls-name without --tls-cert auto"},
        {{"--tls-cert", "a.pem", "--tls-key", "b.pem", "--tls-name", "a"}, "--tls-name without --tls-cert auto"},
        {{"--tls-cert", "auto", "--port", "7378"}, "--tls-port is --port"},
        {{"--auth", "sigv4"}, "--auth sigv4 without --credentials "},
        {{"--credentials", "keys.ini"}, "--credentials without --auth sigv4"},
    };
    for (const auto& one : cases) {
        std::string text;
        try {
            require_consistent(std::get<Options>(read_options(one.arguments, {})));
        } catch (const UsageError& error) {
            text = error.what();
        }
        EXPECT_EQ(text.substr(0, text.find_first_of(":(")), one.complaint) << testing::PrintToString(one.arguments);
    }
}

TEST(Options, ReportAGivenFileThatCannotBeRead) {
    const storage::TemporaryFolder folder;
    try {
        read_given_file("--tls-key", folder.file("missing.pem"), "a private key in PEM");
        FAIL() << "it was read";
    } catch (const UsageError& error) {
        EXPECT_EQ(error.what(), "--tls-key " + folder.file("missing.pem") +
                                    ": expected a private key in PEM, found a file that cannot be read: No such file "
                                    "or directory");
    }
}

}  // namespace
}  // namespace plocal::app
