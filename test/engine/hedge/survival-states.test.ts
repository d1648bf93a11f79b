import { describe, expect, test } from 'vitest';
import { gainOf } from '../../../main/engine/hedge/packed-candidate.ts';
import {
  lostOfBook,
  lostOfUnit,
  lostScenarios,
  scenarioWeights,
  stressedDays,
  unitsNow,
  type LossContext,
  type SurvivalState,
} from '../../../main/engine/hedge/survival/survival-states.ts';
import { quantitiesAfter } from '../../../main/engine/hedge/packed-candidate.ts';
import { withQuantities } from '../../../main/engine/packed/packed-book.ts';
import { runCascades } from '../../../main/services/hedge/setting.ts';
import { loanSetting, type LoanDesk } from '../../services/hedge/loan-desk.ts';

/** A perpetual account that is short ether, so that it gains in a fall. */
const desk: LoanDesk = {
  loans: [],
  poolLoans: [{ id: 'L', eth: 1000, usdc: 500_000 }],
  perpetual: { cash: 3_000_000, eth: -500 },
  cash: 1e6,
  reserveEth: 2e6,
};

async function contextOf(): Promise<{
  context: LossContext;
  setting: ReturnType<typeof loanSetting>;
  state: (kind: SurvivalState['kind']) => SurvivalState;
}> {
  const setting = loanSetting(desk);
  const { packed } = setting.pack;
  const days = await runCascades(setting, {
    shocks: [
      { moves: { ETH: -0.2 }, volatilityShift: 0 },
      { moves: { ETH: 0.1 }, volatilityShift: 0 },
    ],
    withUnitValues: true,
  });
  if (!days.ok || setting.survival === null) throw new Error('no days');
  const context = { packed, days: days.value, survival: setting.survival, nowUsd: unitsNow(packed) };
  const state = (kind: SurvivalState['kind']): SurvivalState => {
    const found = context.survival.states.find((each) => each.kind === kind);
    if (found === undefined) throw new Error(`no ${kind}`);
    return found;
  };
  return { context, setting, state };
}

describe('scenarios in which hedges are lost', () => {
  test('are the states of the worst days, and their weights leave the sum of all at one', () => {
    const losses = Float64Array.from({ length: 40 }, (_, day) => (day * 7) % 40);
    expect(stressedDays(losses, 0.1)).toEqual([...losses.keys()].filter((day) => (losses[day] ?? 0) >= 36));
    const states: SurvivalState[] = [
      { kind: 'frozen', subject: 0, fraction: 0.02 },
      { kind: 'depegged', subject: 1, fraction: 0.01 },
    ];
    const lost = lostScenarios(losses, {
      states,
      stressedFraction: 0.1,
      depegFraction: 0.1,
      quietMove: 0.12,
      settledIn: new Int32Array(0),
    });
    expect(lost).toHaveLength(8);
    const weights = scenarioWeights(40, lost);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 14);
    expect(Math.min(...weights)).toBeGreaterThan(0);
    expect(lostScenarios(losses, null)).toEqual([]);
  });

  test('a short loses all of its gain where its venue halts, what the move passes the quiet line by where it is deleveraged, and a tenth with its coin', async () => {
    const { context, state } = await contextOf();
    const gainUsd = 500 * 2000 * 0.2;
    const lostIn = (kind: SurvivalState['kind'], day = 0): number => lostOfBook(context, { day, state: state(kind) });
    expect(lostIn('frozen')).toBeCloseTo(gainUsd, 0);
    expect(lostIn('deleveraged')).toBeCloseTo(gainUsd * (1 - 0.12 / 0.2), 0);
    expect(lostIn('depegged')).toBeCloseTo(0.1 * gainUsd, 0);
    // In a rise it loses, and a loss is not taken away by anything.
    for (const kind of ['frozen', 'deleveraged', 'depegged'] as const) expect(lostIn(kind, 1)).toBe(0);
  });

  test('what a candidate loses beside the book is what the book would lose with it done, opening and closing', async () => {
    const { context, setting, state } = await contextOf();
    const contracts = setting.candidates.filter(({ kind }) => kind === 'trade');
    expect(contracts.length).toBeGreaterThanOrEqual(2);
    for (const candidate of contracts)
      for (const kind of ['frozen', 'deleveraged', 'depegged'] as const) {
        const lost = { day: 0, state: state(kind) };
        const done = withQuantities(context.packed, quantitiesAfter(context.packed, [candidate], [3]));
        const added = lostOfBook({ ...context, packed: done }, lost) - lostOfBook(context, lost);
        expect(3 * lostOfUnit(context, lost, candidate)).toBeCloseTo(added, 6);
        if (candidate.isReducing) expect(lostOfUnit(context, lost, candidate)).toBeLessThanOrEqual(0);
        expect(Number.isFinite(gainOf(context.days, candidate, 0))).toBe(true);
      }
  });
});
