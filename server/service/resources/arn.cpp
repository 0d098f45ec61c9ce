#include "server/service/resources/arn.h"

#include "server/base/text.h"

namespace plocal::resources {
namespace {

std::string_view partition_of(std::string_view region) {
    if (region.starts_with("cn-")) return "aws-cn";
    if (region.starts_with("us-gov-")) return "aws-us-gov";
    return "aws";
}

std::string_view take_part(std::string_view& text) {
    return base::take_part(text, ':');
}

}  // namespace

std::optional<Arn> parse_arn(std::string_view text) {
    if (take_part(text) != "arn") return std::nullopt;
    Arn arn;
    arn.partition = take_part(text);
    if (arn.partition.empty() || take_part(text) != "personalize") return std::nullopt;
    arn.region = take_part(text);
    arn.account = take_part(text);
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    arn.type = text.substr(0, slash);
    arn.id = text.substr(slash + 1);
    if (arn.type.empty() || arn.id.empty()) return std::nullopt;
    return arn;
}

std::string build_arn(const storage::Owner& owner, std::string_view type, std::string_view id) {
    std::string arn = "arn:";
    arn.append(partition_of(owner.region)).append(":personalize:").append(owner.region).append(":");
    return arn.append(owner.account).append(":").append(type).append("/").append(id);
}

}  // namespace plocal::resources
