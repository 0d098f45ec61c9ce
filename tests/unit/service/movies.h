// A world for jobs: solution versions and filters of two dataset groups, in every status that matters to a Create.
#pragma once

#include <string>
#include <string_view>

#include "tests/support/world.h"

namespace plocal::support {

using base::Json;

/// The input with this value for a member.
inline Json with(Json input, const char* member, Json value) {
    input[member] = std::move(value);
    return input;
}

inline std::string recipe(std::string_view name) {
    return "arn:aws:personalize:::recipe/" + std::string(name);
}

inline Json version(std::string_view id, std::string_view recipe_name, Json more = Json::object()) {
    Json members = {{"solutionVersionArn", arn("solution/" + std::string(id))},
                    {"recipeArn", recipe(recipe_name)},
                    {"datasetGroupArn", arn("dataset-group/movies")}};
    members.update(more);
    return members;
}

inline Json filter(std::string_view name, std::string_view group, Json more = Json::object()) {
    Json members = {{"filterArn", arn("filter/" + std::string(name))},
                    {"datasetGroupArn", arn("dataset-group/" + std::string(group))}};
    members.update(more);
    return members;
}

/// Loads solution/movies/1234abcd, which `create_input` names: ACTIVE, user personalization, in the group movies. The
/// others differ from it in status, recipe or group, as their names say.
inline void load_movies(World& world) {
    const Json pending = {{"status", "CREATE PENDING"}, {"_local", {{"progression", "manual"}}}};
    const Json in_progress = {{"status", "CREATE IN_PROGRESS"}, {"_local", {{"progression", "manual"}}}};
    world.load({{"solutionVersions",
                 {version("movies/1234abcd", "aws-user-personalization"),
                  version("movies/pending", "aws-user-personalization", pending),
                  version("movies/inprogress", "aws-user-personalization", in_progress),
                  version("movies/failed", "aws-user-personalization", {{"status", "CREATE FAILED"}}),
                  version("movies/stopped", "aws-user-personalization", {{"status", "CREATE STOPPED"}}),
                  version("similar/1234abcd", "aws-similar-items"), version("trending/1234abcd", "aws-trending-now")}},
                {"filters",
                 {filter("comedy", "movies"), filter("books", "books"), filter("pending", "movies", pending),
                  filter("failed", "movies", {{"status", "CREATE FAILED"}})}}});
}

}  // namespace plocal::support

/// The names that tests with this world use most.
namespace plocal::movies {

using base::Json;
using support::Answer;
using support::arn;
using support::create_input;
using support::filter;
using support::load_movies;
using support::outcome;
using support::recipe;
using support::version;
using support::with;
using support::World;

}  // namespace plocal::movies

namespace plocal::operations {
using namespace movies;
}

namespace plocal::resources {
using namespace movies;
}
