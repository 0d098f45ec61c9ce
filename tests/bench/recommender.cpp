// recommender [RATINGS.csv]: trains on a million interactions, asks for recommendations among 10,000 items, and
// measures how well the last item of each user is found beside popularity and the plain cosine. RATINGS.csv has
// MovieLens's columns userId,movieId,rating,timestamp; ratings of 3.5 and more count as watched.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sys/resource.h>

#include "server/service/recommender/answer.h"
#include "server/service/recommender/trainer.h"
#include "tests/support/quality.h"
#include "tests/support/taste_world.h"

namespace {

namespace recommender = plocal::recommender;
namespace test = plocal::test;

/// What the process took of the processor, so that other work of the machine matters less.
double seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

long peak_kb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

std::shared_ptr<const recommender::Model> train(const test::TasteWorld& world, const char* recipe) {
    const double began = seconds();
    recommender::Trainer trainer({recommender::find_recipe(recipe)});
    std::size_t rows = 0;
    test::visit_rows(world, [&](const test::TasteRow& row) {
        ++rows;
        trainer.add(recommender::Interaction{row.user, row.item, "Watch", {}, row.timestamp});
    });
    const double read = seconds();
    double longest = 0;
    for (bool more = true; more;) {
        const double slice = seconds();
        more = trainer.step(1'000'000);
        longest = std::max(longest, seconds() - slice);
    }
    auto model = trainer.take();
    std::printf("%-26s %zu rows: %.2f s to make and read, %.2f s to train; longest slice %.0f ms; model %.1f MB\n",
                recipe, rows, read - began, seconds() - read, longest * 1e3,
                static_cast<double>(model->memory_bytes()) / 1e6);
    return model;
}

void measure_requests(const recommender::Model& model) {
    constexpr int requests = 2'000;
    double checksum = 0;
    recommender::ItemSet half(model.items.size());
    for (std::uint32_t item = 0; item < model.items.size(); item += 2) half.insert(item);
    for (const auto* const passing : {static_cast<const recommender::ItemSet*>(nullptr), &std::as_const(half)}) {
        const double began = seconds();
        for (int i = 0; i < requests; ++i) {
            const std::string user = "user-" + std::to_string(i);
            const std::string item = "item-" + std::to_string(i);
            checksum += recommend(find_candidates(model, {user, item}), passing, 25).front().score;
        }
        std::printf("  a request %s: %.0f us\n", passing == nullptr ? "without a filter" : "with a filter",
                    (seconds() - began) / requests * 1e6);
    }
    if (checksum < 0) std::puts("");
}

void report_quality(const char* name, const std::vector<test::TasteRow>& rows) {
    const test::Quality found = test::measure_quality(rows, 1);
    std::printf("%s: %zu rows\n", name, rows.size());
    std::printf("  in the top 25: model %.4f, popularity %.4f, cosine %.4f: %.2f times popularity, %.2f times cosine\n",
                found.model.top_25, found.popularity.top_25, found.cosine.top_25,
                found.model.top_25 / found.popularity.top_25, found.model.top_25 / found.cosine.top_25);
    std::printf("  in the first ten of a hundred: model %.4f, popularity %.4f: %.2f times popularity\n",
                found.model.top_10_of_100, found.popularity.top_10_of_100,
                found.model.top_10_of_100 / found.popularity.top_10_of_100);
}

std::vector<test::TasteRow> read_ratings(const char* file) {
    std::vector<test::TasteRow> rows;
    std::ifstream lines(file);
    std::string line;
    while (std::getline(lines, line)) {
        unsigned user = 0;
        unsigned movie = 0;
        double rating = 0;
        long long timestamp = 0;
        const int read = std::sscanf(line.c_str(), "%u,%u,%lf,%lld", &user, &movie, &rating, &timestamp);
        if (read == 4 && rating >= 3.5) rows.push_back({std::to_string(user), std::to_string(movie), timestamp});
    }
    return rows;
}

}  // namespace

int main(int argc, char** argv) {
    const test::TasteWorld many{.users = 12'000, .items = 10'000, .categories = 100, .rows_per_user = 100};
    const long before = peak_kb();
    for (const char* recipe : {"aws-user-personalization", "aws-sims", "aws-popularity-count"}) {
        measure_requests(*train(many, recipe));
    }
    std::printf("peak memory grew by %ld MB\n", (peak_kb() - before) / 1024);
    report_quality("world of tastes", test::rows_of({.users = 600, .items = 3'000}));
    if (argc > 1) report_quality(argv[1], read_ratings(argv[1]));
    return 0;
}
