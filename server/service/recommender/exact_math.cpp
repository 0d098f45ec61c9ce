#include "server/service/recommender/exact_math.h"

#include <bit>
#include <cfloat>
#include <cstdint>

namespace plocal::recommender {
namespace {

static_assert(FLT_EVAL_METHOD == 0, "sums in registers longer than a double would differ between processors");

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
    const int n = static_cast<int>(x / ln2 + (x < 0 ? -0.5 : 0.5));
    const double rest = x - n * ln2_high - n * ln2_low;
    constexpr int terms = 14;
    double sum = 1;
    for (int term = terms; term > 0; --term) sum = 1 + sum * rest / term;
    return sum * power_of_two(n);
}

double rounded_score(double x) {
    constexpr double decimals = 1e7;
    return static_cast<double>(static_cast<std::int64_t>(x * decimals + 0.5)) / decimals;
}

}  // namespace plocal::recommender
