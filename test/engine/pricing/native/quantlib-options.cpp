/*
 * The same case and the same output as plain-options.c, by QuantLib's BlackCalculator: what a desk library does per option and scenario.
 * Compiled by `npm run bench` where QuantLib is installed; nothing of it is part of the program.
 */
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <ql/pricingengines/blackcalculator.hpp>
#include <vector>

using namespace QuantLib;

static double cpuMs() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return 1e3 * now.tv_sec + 1e-6 * now.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  FILE *file = fopen(argv[1], "rb");
  if (!file) return 2;
  double head[3];
  if (fread(head, 8, 3, file) != 3) return 2;
  const int options = int(head[0]), scenarios = int(head[1]), underlyings = int(head[2]);
  const size_t size = 8 * size_t(options) + scenarios + 2 * size_t(scenarios) * underlyings;
  std::vector<double> data(size), sums(5 * size_t(scenarios));
  if (fread(data.data(), 8, size, file) != size) return 2;
  fclose(file);
  const double *isCall = data.data(), *forward = isCall + options, *strike = forward + options, *volatility = strike + options;
  const double *years = volatility + options, *underlying = years + options, *quantity = underlying + options, *rate = quantity + options;
  const double *passed = rate + options, *multiplier = passed + scenarios, *factor = multiplier + size_t(scenarios) * underlyings;
  double least = std::numeric_limits<double>::infinity();
  for (int run = 0; run < atoi(argv[2]); run++) {
    const double started = cpuMs();
    for (int s = 0; s < scenarios; s++) {
      double price = 0, delta = 0, gamma = 0, vega = 0, theta = 0;
      for (int k = 0; k < options; k++) {
        const int u = s * underlyings + int(underlying[k]);
        const double f = forward[k] * multiplier[u], t = years[k] - passed[s], discount = std::exp(-rate[k] * t);
        const BlackCalculator option(isCall[k] != 0 ? Option::Call : Option::Put, strike[k], f, volatility[k] * factor[u] * std::sqrt(t),
                                     discount);
        price += quantity[k] * option.value();
        delta += quantity[k] * option.deltaForward();
        gamma += quantity[k] * option.gammaForward();
        vega += quantity[k] * option.vega(t);
        /* By spot = forward the carry is zero; what is left is decay and discounting. */
        theta += quantity[k] * option.theta(f, t);
      }
      sums[5 * s] = price, sums[5 * s + 1] = delta, sums[5 * s + 2] = gamma, sums[5 * s + 3] = vega, sums[5 * s + 4] = theta;
    }
    const double spent = cpuMs() - started;
    if (spent < least) least = spent;
  }
  printf("%.6f\n", least);
  for (double sum : sums) printf("%.17g\n", sum);
  return 0;
}
