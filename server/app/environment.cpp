#include "server/app/environment.h"

#include <algorithm>

#include "server/app/option_table.h"
#include "server/app/options.h"
#include "server/base/nearest.h"
#include "server/base/text.h"

namespace plocal::app {
namespace {

constexpr std::string_view prefix = "PERSONALIZE_LOCAL_";

/// Variables for a Service named personalize-local, or with a name that begins so.
/// https://kubernetes.io/docs/tutorials/services/connect-applications-service/#environment-variables
bool is_set_by_kubernetes(std::string_view name, std::string_view value) {
    name.remove_prefix(prefix.size() - 1);
    const auto has = [name](std::string_view part) { return name.find(part) != std::string_view::npos; };
    const bool is_address = value.starts_with("tcp://") || value.starts_with("udp://") || value.starts_with("sctp://");
    return name.ends_with("_SERVICE_HOST") || name.ends_with("_SERVICE_PORT") || has("_SERVICE_PORT_") ||
           name.starts_with("_PORT_") || (is_address && name.ends_with("_PORT")) || has("_TCP_") || has("_UDP_") ||
           (is_address && has("_PORT_"));
}

/// Variables of the npm and pip packages, which start this program.
bool belongs_to_packages(std::string_view name) {
    return name == "PERSONALIZE_LOCAL_ENDPOINT" || name == "PERSONALIZE_LOCAL_IMAGE";
}

void require_known(const std::string& name) {
    std::vector<std::string> known;
    for (const Flag& flag : flags()) known.push_back(variable_of(flag.name));
    if (std::ranges::find(known, name) != known.end()) return;
    throw UsageError("unknown variable " + name + ";" + base::suggestion(name, known) +
                     " see personalize-local --help, or unset it");
}

}  // namespace

std::string variable_of(std::string_view flag) {
    std::string name(prefix);
    for (const char c : flag) name += c == '-' ? '_' : base::upper(c);
    return name;
}

Environment::Environment(const std::vector<std::string>& environment, std::vector<std::string>& notes) {
    for (const std::string& entry : environment) {
        if (!entry.starts_with(prefix)) continue;
        const std::size_t equals = entry.find('=');
        const std::string name = entry.substr(0, equals);
        const std::string value = equals == std::string::npos ? "" : entry.substr(equals + 1);
        if (is_set_by_kubernetes(name, value)) {
            notes.push_back("ignoring " + name + ", which Kubernetes sets for a Service of this name");
            continue;
        }
        if (belongs_to_packages(name)) continue;
        require_known(name);
        if (!value.empty()) variables_[name] = value;
    }
}

std::vector<std::string> Environment::values(const std::string& variable, bool is_repeatable) const {
    const auto found = variables_.find(variable);
    if (found == variables_.end()) return {};
    if (!is_repeatable) return {found->second};
    std::vector<std::string> values;
    std::size_t begin = 0;
    while (begin <= found->second.size()) {
        const std::size_t end = std::min(found->second.find(',', begin), found->second.size());
        if (end > begin) values.push_back(found->second.substr(begin, end - begin));
        begin = end + 1;
    }
    return values;
}

}  // namespace plocal::app
