import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clearNetwork } from '../../../../main/engine/contagion/clearing.ts';
import { CLAIM_MODEL, payRatios, type InstitutionNetwork } from '../../../../main/engine/contagion/failure/institution-network.ts';
import { expectClose } from '../../../support/expect-close.ts';

/** Institutions whose claims on each other are well below what they owe the public. */
const networks = fc.integer({ min: 1, max: 6 }).chain((n) =>
  fc.record({
    network: fc
      .record({
        obligations: fc.array(fc.double({ min: 50, max: 500, noNaN: true }), { minLength: n, maxLength: n }),
        capital: fc.array(fc.double({ min: 0.5, max: 40, noNaN: true }), { minLength: n, maxLength: n }),
        claims: fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 9, noNaN: true })), { minLength: n * n, maxLength: n * n }),
      })
      .map(({ obligations, capital, claims }): InstitutionNetwork => ({
        obligationsUsd: Float64Array.from(obligations),
        capitalUsd: Float64Array.from(capital),
        claimsUsd: Float64Array.from(claims, (amount, at) => (Math.floor(at / n) === at % n ? 0 : amount)),
      })),
    failed: fc.integer({ min: 0, max: n - 1 }),
    recoveryFraction: fc.double({ min: 0, max: 0.99, noNaN: true }),
    lossUsd: fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { minLength: n, maxLength: n }).map((each) => Float64Array.from(each)),
  }),
);

/** Shares of a dollar this close are equal. */
const ROUNDING = 1e-7;
const models = Object.entries(CLAIM_MODEL);

describe('what institutions pay after one of them fails', () => {
  test.each(models)('%s: every ratio lies between nothing and all', (_, model) => {
    fc.assert(
      fc.property(networks, ({ network, ...failure }) => {
        for (const ratio of payRatios(network, failure, model).ratio) {
          expect(ratio).toBeGreaterThanOrEqual(0);
          expect(ratio).toBeLessThanOrEqual(1 + ROUNDING);
        }
      }),
    );
  });

  test.each(models)('%s: more recovery, or less of a loss, never makes anybody pay less', (_, model) => {
    fc.assert(
      fc.property(networks, fc.double({ min: 0, max: 1, noNaN: true }), ({ network, ...failure }, part) => {
        const worse = payRatios(network, failure, model);
        const recoveryFraction = failure.recoveryFraction + (1 - failure.recoveryFraction) * 0.99 * part;
        const better = [
          payRatios(network, { ...failure, recoveryFraction }, model),
          payRatios(network, { ...failure, lossUsd: failure.lossUsd.map((loss) => loss * part) }, model),
        ];
        for (const each of better) {
          if (each.status === 'converged' && worse.status === 'converged') {
            each.ratio.forEach((ratio, i) => expect(ratio).toBeGreaterThanOrEqual((worse.ratio[i] ?? NaN) - ROUNDING));
          }
        }
      }),
    );
  });

  test('clearing is monotone in external assets and passes on exactly what is paid', () => {
    fc.assert(
      fc.property(networks, fc.double({ min: 0, max: 30, noNaN: true }), ({ network, lossUsd, recoveryFraction }, more) => {
        const n = lossUsd.length;
        const given = { liabilities: network.claimsUsd, externalAssets: lossUsd };
        const costs = { externalFraction: recoveryFraction, receivedFraction: recoveryFraction };
        const poor = clearNetwork(given, costs);
        const rich = clearNetwork({ ...given, externalAssets: lossUsd.map((own) => own + more) }, costs);
        const sum = (values: Float64Array): number => values.reduce((total, each) => total + each, 0);
        expectClose({ actual: sum(poor.received), expected: sum(poor.payments), rel: 1e-12, abs: 1e-9 });
        for (let i = 0; i < n; i += 1) expect(rich.payments[i]).toBeGreaterThanOrEqual((poor.payments[i] ?? NaN) - ROUNDING);
      }),
    );
  });

  test('two institutions by hand: the creditor of the failed one has 10 of capital and 30 of claims', () => {
    const network = {
      obligationsUsd: Float64Array.of(70, 100),
      capitalUsd: Float64Array.of(5, 10),
      // The second is owed 30 by the first, so the first owes 100.
      claimsUsd: Float64Array.of(0, 0, 30, 0),
    };
    const failure = { failed: 0, recoveryFraction: 0.5, lossUsd: new Float64Array(2) };
    const ratio = (model: number): number[] => [...payRatios(network, failure, model).ratio];
    expect(ratio(CLAIM_MODEL.direct)).toEqual([0.5, 1]);
    // It loses 15 of 30, 5 more than its capital: 95 of 100 are left.
    expect(ratio(CLAIM_MODEL.eisenbergNoe)[1]).toBeCloseTo(0.95, 9);
    // And half of the 95 is the cost of its default.
    expect(ratio(CLAIM_MODEL.rogersVeraart)[1]).toBeCloseTo(0.475, 6);
    expect(ratio(CLAIM_MODEL.debtRank)).toEqual([0, 0]);
    expect(ratio(CLAIM_MODEL.threshold)).toEqual([0, 0]);
    expect(ratio(CLAIM_MODEL.thresholdRecovery)).toEqual([0.5, 0.5]);
  });
});
