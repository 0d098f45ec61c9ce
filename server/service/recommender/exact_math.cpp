#include "server/service/recommender/exact_math.h"

#include <array>
#include <bit>
#include <cfloat>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace plocal::recommender {
namespace {

static_assert(FLT_EVAL_METHOD == 0, "sums in registers longer than a double would differ between processors");

/// 1 / 13!, 1 / 12!, ..., 1 / 1!, 1 / 0!: the series of e to the power of x, which is exact enough below ln 2 / 2.
constexpr auto coefficients = [] {
    std::array<double, 14> series{};
    double factorial = 1;
    for (std::size_t term = 0; term < series.size(); ++term) {
        if (term > 0) factorial *= static_cast<double>(term);
        series[series.size() - 1 - term] = 1 / factorial;
    }
    return series;
}();

/// 2 to the power of n, for n in [-1022..1023].
double power_of_two(int n) {
    return std::bit_cast<double>(static_cast<std::uint64_t>(n + 1023) << 52U);
}

}  // namespace

double exact_exp(double x) {
    constexpr double most = 700;
    if (x > most) x = most;
    if (x < -most) x = -most;
    constexpr double ln2 = 0.6931471805599453094;
    constexpr double ln2_high = 0x1.62e42feep-1;  // its product with n is exact
    constexpr double ln2_low = 1.9082149292705877000e-10;
    const int n = static_cast<int>(x * (1 / ln2) + (x < 0 ? -0.5 : 0.5));
    const double rest = x - n * ln2_high - n * ln2_low;
    double sum = 0;
    for (const double coefficient : coefficients) sum = sum * rest + coefficient;
    return sum * power_of_two(n);
}

double rounded_score(double x) {
    constexpr double decimals = 1e7;
    return std::floor(x * decimals + 0.5) / decimals;  // floor is exact everywhere
}

}  // namespace plocal::recommender
