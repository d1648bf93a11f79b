/*
 * The textbook double loop that `npm run bench` holds the option kernels against: every option in every scenario by the C library's erfc,
 * exp, log and sqrt, five outputs added up with their weights. Reads the case from the file named first, runs it as often as
 * named second, writes CPU milliseconds (the least of the runs) and then the sums of every scenario as text.
 *
 * File, all doubles: options, scenarios, underlyings, then per option isCall, forward, strike, volatility, years, underlying, quantity,
 * rate; per scenario the time that passes; per scenario and underlying multiplier of the forward and factor of the volatility.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return 1e3 * now.tv_sec + 1e-6 * now.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  FILE *file = fopen(argv[1], "rb");
  if (!file) return 2;
  double head[3];
  if (fread(head, 8, 3, file) != 3) return 2;
  const int options = (int)head[0], scenarios = (int)head[1], underlyings = (int)head[2];
  const size_t size = 8 * (size_t)options + scenarios + 2 * (size_t)scenarios * underlyings;
  double *data = malloc(size * 8), *sums = malloc(5 * 8 * (size_t)scenarios);
  if (fread(data, 8, size, file) != size) return 2;
  fclose(file);
  const double *is_call = data, *forward = data + options, *strike = data + 2 * options, *volatility = data + 3 * options;
  const double *years = data + 4 * options, *underlying = data + 5 * options, *quantity = data + 6 * options, *rate = data + 7 * options;
  const double *passed = data + 8 * options, *multiplier = passed + scenarios, *factor = multiplier + (size_t)scenarios * underlyings;
  double least = INFINITY;
  for (int run = 0; run < atoi(argv[2]); run++) {
    const double started = cpu_ms();
    for (int s = 0; s < scenarios; s++) {
      double price = 0, delta = 0, gamma = 0, vega = 0, theta = 0;
      for (int k = 0; k < options; k++) {
        const int u = s * underlyings + (int)underlying[k];
        const double f = forward[k] * multiplier[u], sigma = volatility[k] * factor[u], t = years[k] - passed[s];
        const double root = sqrt(t), deviation = sigma * root, discount = quantity[k] * exp(-rate[k] * t);
        const double d1 = log(f / strike[k]) / deviation + 0.5 * deviation, d2 = d1 - deviation;
        const double sign = is_call[k] != 0 ? 1 : -1;
        const double n1 = 0.5 * erfc(-sign * d1 * M_SQRT1_2), n2 = 0.5 * erfc(-sign * d2 * M_SQRT1_2);
        const double density = 0.3989422804014327 * exp(-0.5 * d1 * d1);
        const double value = discount * sign * (f * n1 - strike[k] * n2);
        price += value;
        delta += discount * sign * n1;
        gamma += discount * density / (f * deviation);
        vega += discount * f * density * root;
        theta += rate[k] * value - 0.5 * discount * f * density * sigma / root;
      }
      sums[5 * s] = price, sums[5 * s + 1] = delta, sums[5 * s + 2] = gamma, sums[5 * s + 3] = vega, sums[5 * s + 4] = theta;
    }
    const double spent = cpu_ms() - started;
    if (spent < least) least = spent;
  }
  printf("%.6f\n", least);
  for (int i = 0; i < 5 * scenarios; i++) printf("%.17g\n", sums[i]);
  return 0;
}
