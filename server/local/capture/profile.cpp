#include "server/local/capture/profile.h"

#include <algorithm>
#include <optional>

#include "server/base/text.h"

namespace plocal::capture {
namespace {

constexpr std::string_view blanks = " \t\r";

using Settings = std::map<std::string, std::string, std::less<>>;

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
    const std::size_t end = text.find_last_not_of(blanks) + 1;
    return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

/// Returns the name of the profile that a line begins, "" for a section that is no profile.
std::string_view profile_in(std::string_view line, bool is_config) {
    constexpr std::string_view prefix = "profile";
    std::string_view name = trimmed(line.substr(1, std::min(line.find(']'), line.size()) - 1));
    if (!is_config || name == "default") return name;
    if (!name.starts_with(prefix)) return {};
    name.remove_prefix(prefix.size());
    return name.empty() || blanks.find(name.front()) == std::string_view::npos ? std::string_view() : trimmed(name);
}

/// Returns the settings of a profile, or nothing where the file does not have it. A line that is indented belongs to
/// the setting above it.
std::optional<Settings> settings_in(std::string_view text, std::string_view profile, bool is_config) {
    std::optional<Settings> settings;
    bool is_of_profile = false;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const std::string_view content = trimmed(line);
        if (content.empty() || content.front() == '#' || content.front() == ';') continue;
        if (content.front() == '[') {
            is_of_profile = profile_in(content, is_config) == profile;
            if (is_of_profile && !settings) settings.emplace();
            continue;
        }
        const std::size_t sign = content.find('=');
        if (!is_of_profile || blanks.find(line.front()) != std::string_view::npos || sign == content.npos) continue;
        (*settings)[base::lower(trimmed(content.substr(0, sign)))] = trimmed(content.substr(sign + 1));
    }
    return settings;
}

/// Returns the settings of both files, or nothing where neither has the profile.
std::optional<Settings> merged_settings(const ProfileFiles& files, std::string_view profile) {
    std::optional<Settings> settings = settings_in(files.credentials, profile, false);
    std::optional<Settings> more = settings_in(files.config, profile, true);
    if (!settings) return more;
    if (more) settings->merge(*more);
    return settings;
}

std::string value_of(const Settings& settings, std::string_view name) {
    const auto found = settings.find(name);
    return found == settings.end() ? std::string() : found->second;
}

/// Returns the setting by which keys come from elsewhere, or "". Clients prefer a role and single sign-on to keys that
/// stand beside them, and keys to another program.
std::string indirection_of(const Settings& settings) {
    for (const auto& [name, value] : settings) {
        const bool is_indirect = name == "source_profile" || name == "role_arn" || name == "credential_source" ||
                                 name == "web_identity_token_file" || name.starts_with("sso_");
        if (is_indirect && name != "sso_region") return name;
    }
    const bool has_key = settings.contains("aws_access_key_id");
    return !has_key && settings.contains("credential_process") ? "credential_process" : "";
}

}  // namespace

std::string region_of_profile(const ProfileFiles& files, const std::string& name) {
    const std::optional<Settings> settings = merged_settings(files, name);
    return settings ? value_of(*settings, "region") : "";
}

Profile read_profile(const ProfileFiles& files, const std::string& name) {
    const std::string way =
        "eval \"$(aws configure export-credentials --profile " + name + " --format env)\", and leave out --profile";
    const std::optional<Settings> settings = merged_settings(files, name);
    if (!settings) {
        throw ProfileError("there is no profile '" + name +
                           "' in the AWS credentials and config files: set AWS_ACCESS_KEY_ID and "
                           "AWS_SECRET_ACCESS_KEY, or name another one with --profile");
    }
    if (const std::string indirection = indirection_of(*settings); !indirection.empty()) {
        throw ProfileError("profile '" + name + "' gets its keys by " + indirection +
                           ", which capture does not read: run " + way);
    }
    Profile profile{.access_key = value_of(*settings, "aws_access_key_id"),
                    .secret = value_of(*settings, "aws_secret_access_key"),
                    .session_token = value_of(*settings, "aws_session_token"),
                    .region = value_of(*settings, "region")};
    if (profile.access_key.empty() || profile.secret.empty()) {
        throw ProfileError("profile '" + name + "' has no " +
                           (profile.access_key.empty() ? "aws_access_key_id" : "aws_secret_access_key") +
                           ": add it, or run " + way);
    }
    return profile;
}

}  // namespace plocal::capture
