#include "server/wire/signing/credentials.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "server/base/text.h"

namespace plocal::signing {
namespace {

// Boost's INI reader keeps no line numbers, takes nested settings for the profile's own, and stops at the first error.

constexpr std::string_view blanks = " \t";
constexpr std::string_view key_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
constexpr std::string_view key_name = "aws_access_key_id";
constexpr std::string_view secret_name = "aws_secret_access_key";
constexpr std::string_view token_name = "aws_session_token";

std::string_view without_blanks(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
    const std::size_t end = text.find_last_not_of(blanks) + 1;
    return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

struct Setting {
    std::string value;
    int line = 0;
};

struct Profile {
    std::string name;
    int line = 0;
    std::map<std::string, Setting, std::less<>> settings;  // only credentials
};

class CredentialsReader {
public:
    explicit CredentialsReader(std::string_view file) : file_(file) {}

    void read_line(std::string_view line) {
        ++line_;
        if (line.ends_with('\r')) line.remove_suffix(1);
        const std::size_t indent = line.find_first_not_of(blanks);
        if (indent == std::string_view::npos || line[indent] == '#' || line[indent] == ';') return;
        line = without_blanks(line);
        if (open_ && indent > open_->indent) {
            if (is_credential(open_->name)) refuse_continuation();
            return;
        }
        open_.reset();
        if (line.front() == '[') {
            begin_profile(line);
        } else {
            read_setting(line, indent);
        }
    }

    Credentials finish() {
        for (const Profile& profile : profiles_) add_key(profile);
        if (keys_.empty() && problems_.empty()) {
            problems_.push_back(file_ + " has no key: expected a profile such as [default] with " +
                                std::string(key_name) + " and " + std::string(secret_name));
        }
        if (!problems_.empty()) throw CredentialsError(std::move(problems_));
        return Credentials(std::move(keys_));
    }

private:
    struct Open {
        std::string name;
        std::size_t indent;
        int line;
    };

    static bool is_credential(std::string_view name) {
        return name == key_name || name == secret_name || name == token_name;
    }

    std::string at(int line) const { return file_ + " line " + std::to_string(line); }

    void refuse_continuation() {
        problems_.push_back(at(line_) + " is indented deeper than line " + std::to_string(open_->line) +
                            " and so goes on with its value; begin both lines in the same column");
    }

    void begin_profile(std::string_view line) {
        const std::size_t end = line.find(']');
        std::string_view name = without_blanks(line.substr(1, end == std::string_view::npos ? end : end - 1));
        if (end == std::string_view::npos || name.empty()) {
            problems_.push_back(at(line_) + ": expected the name of a profile in brackets, such as [default]");
            name = {};
        }
        constexpr std::string_view prefix = "profile";
        if (name.size() > prefix.size() && name.starts_with(prefix) &&
            blanks.find(name[prefix.size()]) != blanks.npos) {
            name = without_blanks(name.substr(prefix.size()));
        }
        const auto same = std::ranges::find(profiles_, name, &Profile::name);
        if (same != profiles_.end() && !name.empty()) {
            problems_.push_back("profile '" + same->name + "' begins twice, in " + at(same->line) + " and in line " +
                                std::to_string(line_) + "; make one of them");
        }
        profiles_.push_back({std::string(name), line_, {}});
    }

    void read_setting(std::string_view line, std::size_t indent) {
        const std::size_t sign = line.find_first_of("=:");
        if (sign == std::string_view::npos || profiles_.empty()) {
            problems_.push_back(
                at(line_) + (profiles_.empty()
                                 ? ": expected a profile such as [default] before all else"
                                 : ": expected a setting such as " + std::string(key_name) + " = ..., found no '='"));
            return;
        }
        std::string name = base::lower(without_blanks(line.substr(0, sign)));
        if (name == "aws_security_token") name = token_name;  // the old name
        open_ = Open{name, indent, line_};
        if (!is_credential(name)) return;
        const std::string_view value = without_blanks(line.substr(sign + 1));
        const auto [same, is_new] = profiles_.back().settings.emplace(name, Setting{std::string(value), line_});
        if (!is_new) {
            problems_.push_back(at(line_) + " gives " + name + " again, after line " +
                                std::to_string(same->second.line) + "; leave one of them");
        }
        check_value(name, value);
    }

    void check_value(const std::string& name, std::string_view value) {
        if (value.empty()) {
            problems_.push_back(at(line_) + ": " + name + " has no value; give one, or leave the line out");
        } else if (value.find_first_of(blanks) != std::string_view::npos) {
            problems_.push_back(at(line_) + ": the value of " + name +
                                " has a blank in it; no quotes or other text belong behind it, and a comment needs a "
                                "line of its own");
        } else if (name == key_name && value.find_first_not_of(key_letters) != std::string_view::npos) {
            problems_.push_back(
                at(line_) + ": " + name +
                " has a character that no key has; it is letters and digits, as in AKIAIOSFODNN7EXAMPLE");
        }
    }

    void add_key(const Profile& profile) {
        const auto value_of = [&profile](std::string_view name) {
            const auto found = profile.settings.find(name);
            return found == profile.settings.end() ? std::string() : found->second.value;
        };
        for (const auto& [given, needed] :
             {std::pair{key_name, secret_name}, {secret_name, key_name}, {token_name, key_name}}) {
            const auto found = profile.settings.find(given);
            if (found == profile.settings.end() || profile.settings.contains(needed)) continue;
            if (given == token_name && profile.settings.contains(secret_name)) continue;  // reported above
            problems_.push_back("profile '" + profile.name + "' in " + at(profile.line) + " has " + std::string(given) +
                                " and no " + std::string(needed) + "; add it below line " +
                                std::to_string(found->second.line));
        }
        const std::string key = value_of(key_name);
        if (key.empty()) return;
        Credential credential{value_of(secret_name), value_of(token_name), profile.name};
        const auto [same, is_new] = keys_.emplace(key, credential);
        if (is_new) return;
        const Credential& other = same->second;
        if (other.secret == credential.secret && other.session_token == credential.session_token) return;
        problems_.push_back("profiles '" + other.profile + "' and '" + profile.name + "' in " + file_ +
                            " share an access key and differ in their " +
                            std::string(other.secret == credential.secret ? token_name : secret_name) +
                            "; give one of them a key of its own");
    }

    std::string file_;
    int line_ = 0;
    std::optional<Open> open_;  // the setting that deeper lines continue
    std::vector<Profile> profiles_;
    std::map<std::string, Credential, std::less<>> keys_;
    std::vector<std::string> problems_;
};

}  // namespace

const Credential* Credentials::find(std::string_view access_key) const {
    const auto found = by_key_.find(access_key);
    return found == by_key_.end() ? nullptr : &found->second;
}

CredentialsError::CredentialsError(std::vector<std::string> problems) : problems_(std::move(problems)) {
    for (const std::string& problem : problems_) text_ += (text_.empty() ? "" : "\n") + problem;
}

Credentials read_credentials(std::string_view text, std::string_view file) {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);  // byte order mark
    CredentialsReader reader(file);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        reader.read_line(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return reader.finish();
}

}  // namespace plocal::signing
