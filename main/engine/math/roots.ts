/** What a bracketed search found. `lastChange` is the last step, an estimate of the error of `root`. */
export type RootResult = {
  readonly status: 'converged' | 'notBracketed' | 'notConverged';
  readonly root: number;
  readonly valueAtRoot: number;
  readonly lastChange: number;
  readonly evaluations: number;
};

/** How close and how long. */
export type RootOptions = { readonly absolute?: number; readonly relative?: number; readonly maxEvaluations?: number };

/**
 * Root of a continuous function between two points of opposite sign: inverse quadratic interpolation and secant steps, kept
 * inside the bracket by bisection. An end that is exactly zero is the root. Ends of equal sign or NaN: 'notBracketed'.
 *
 * Source: R. P. Brent, "Algorithms for minimization without derivatives" (1973), chapter 4.
 */
export function findRoot(f: (x: number) => number, lower: number, upper: number, options: RootOptions = {}): RootResult {
  const { absolute = 0, relative = 4 * Number.EPSILON, maxEvaluations = 200 } = options;
  let a = lower;
  let b = upper;
  let fa = f(a);
  let fb = f(b);
  let evaluations = 2;
  const done = (status: RootResult['status'], root: number, valueAtRoot: number, lastChange: number): RootResult => ({
    status,
    root,
    valueAtRoot,
    lastChange,
    evaluations,
  });
  if (fa === 0) return done('converged', a, fa, 0);
  if (fb === 0) return done('converged', b, fb, 0);
  if (!(fa > 0 !== fb > 0) || Number.isNaN(fa) || Number.isNaN(fb)) return done('notBracketed', NaN, NaN, upper - lower);
  let c = a;
  let fc = fa;
  let step = b - a;
  let previousStep = step;
  while (evaluations < maxEvaluations) {
    if (fb > 0 === fc > 0) {
      c = a;
      fc = fa;
      step = b - a;
      previousStep = step;
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      [a, b, c] = [b, c, b];
      [fa, fb, fc] = [fb, fc, fb];
    }
    const tolerance = 0.5 * absolute + relative * Math.abs(b) * 0.5;
    const half = 0.5 * (c - b);
    if (Math.abs(half) <= tolerance || fb === 0) return done('converged', b, fb, Math.abs(half));
    const proposal = Math.abs(previousStep) >= tolerance && Math.abs(fa) > Math.abs(fb) ? interpolate({ a, b, c, fa, fb, fc }) : NaN;
    const limit = Math.min(1.5 * Math.abs(half) - 0.5 * tolerance, 0.5 * Math.abs(previousStep));
    if (Math.abs(proposal) < limit && proposal > 0 === half > 0) {
      previousStep = step;
      step = proposal;
    } else {
      step = half;
      previousStep = half;
    }
    a = b;
    fa = fb;
    b += Math.abs(step) > tolerance ? step : half > 0 ? tolerance : -tolerance;
    if (b === a) return done('converged', b, fb, Math.abs(half));
    fb = f(b);
    evaluations += 1;
    if (Number.isNaN(fb)) return done('notConverged', NaN, NaN, Math.abs(half));
  }
  return done('notConverged', b, fb, Math.abs(0.5 * (c - b)));
}

/** Signed step from b by inverse quadratic interpolation, or by the secant when two of the points coincide. */
function interpolate(p: { a: number; b: number; c: number; fa: number; fb: number; fc: number }): number {
  const s = p.fb / p.fa;
  if (p.a === p.c) return -((p.c - p.b) * s) / (1 - s);
  const q = p.fa / p.fc;
  const r = p.fb / p.fc;
  const numerator = s * ((p.c - p.b) * q * (q - r) - (p.b - p.a) * (r - 1));
  return -numerator / ((q - 1) * (r - 1) * (s - 1));
}
