// Arithmetic of scores that gives the same bits on every processor: it uses +, -, * and / of IEEE doubles alone, no
// function of the C library, and the folder is compiled without fused multiply-add. Pure.
#pragma once

namespace plocal::recommender {

/// Returns e to the power of x, with a relative error below 1e-15 for |x| < 700. Smaller and greater x count as -700
/// and 700.
double exact_exp(double x);

/// Returns the double nearest to x rounded to seven decimals, halves up: the form of the service's scores. x must be in
/// [0..1e6].
double rounded_score(double x);

}  // namespace plocal::recommender
