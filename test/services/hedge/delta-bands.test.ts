import { beforeAll, describe, expect, test } from 'vitest';
import { hedgeAssumptions } from '../../../main/services/hedge/assumptions.ts';
import { deltaBands, deltaChange } from '../../../main/services/hedge/refresh/delta-bands.ts';
import { judgeBundle } from '../../../main/services/hedge/refresh/judge-leg.ts';
import { judgePlan, type Judged } from '../../../main/services/hedge/refresh/judge-plan.ts';
import type { LegChange } from '../../../main/services/hedge/refresh/leg-changes.ts';
import type { Setting } from '../../../main/services/hedge/setting.ts';
import { deskSetting, ethUsd } from '../hedge-desk.ts';

function settingOf(cash: number): Setting {
  return deskSetting({
    loans: [{ id: 'A', eth: 1000, usdc: 1_000_000 }],
    perpetual: { cash, eth: 1200 },
    cash: 900_000,
    reserveEth: 60_000,
  });
}

async function standing(setting: Setting, standingEth: number, freshEth: number): Promise<{ change: LegChange; stood: Judged }> {
  const candidate = setting.candidates.find(({ id }) => id.startsWith('close:sell:PRP'));
  if (candidate === undefined) throw new Error('the desk can sell no perpetual');
  const stood = await judgePlan(setting, { candidates: [candidate], amounts: [standingEth] });
  if (!stood.ok) throw new Error(stood.failure.message);
  return { change: { candidate, stood: standingEth, standing: standingEth, fresh: freshEth }, stood: stood.value };
}

const cash = 3_000_000;

describe('the no-trade band of a delta', () => {
  let setting: Setting;
  let halfWidthEth: number;
  beforeAll(async () => {
    setting = settingOf(cash);
    const { change, stood } = await standing(setting, 100, 101);
    halfWidthEth = deltaBands(setting, [change], stood).get(0)?.band.halfWidthCoin ?? Number.NaN;
  });

  test('is that of Zakamouline for a book without options: λ / (γ S σ² T), at the aversion the cost weight implies', async () => {
    const { change, stood } = await standing(setting, 100, 101);
    const band = deltaBands(setting, [change], stood).get(0)?.band;
    const losses = [...stood.outcome.lossesUsd];
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    const variance = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / losses.length;
    const aversion = stood.outcome.measures.expectedShortfallUsd / (hedgeAssumptions.costWeight * hedgeAssumptions.hedgeDays * variance);
    const moves = setting.shocks.days.map((shock) => shock.moves['ETH'] ?? 0);
    const meanMove = moves.reduce((sum, move) => sum + move, 0) / moves.length;
    const yearly = (365 / moves.length) * moves.reduce((sum, move) => sum + (move - meanMove) ** 2, 0);
    const lambda = change.candidate.costUsd / change.candidate.notionalUsd;
    const wide = lambda / (aversion * ethUsd * yearly * (hedgeAssumptions.hedgeDays / 365));
    expect(band).toMatchObject({ driverId: 'ETH', rule: 'zakamouline', gammaCoinPerUsd: 0, whalleyWilmottCoin: 0, narrowedBy: null });
    expect(band?.deviationCoin).toBeCloseTo(1, 9);
    expect((band?.zakamoulineCoin ?? 0) / wide).toBeCloseTo(1, 9);
    expect(band?.halfWidthCoin).toBe(band?.zakamoulineCoin);
  });

  const judged = async (of: Setting, standingEth: number, freshEth: number) => {
    const { change, stood } = await standing(of, standingEth, freshEth);
    const bands = deltaBands(of, [change], stood);
    const fractions = new Float64Array(of.pack.accountIds.length).fill(1);
    const verdict = await judgeBundle(of, { stood, bands, fractions }, { changes: [change], places: [0] });
    if (!verdict.ok) throw new Error(verdict.failure.message);
    const [only] = verdict.value;
    if (only === undefined) throw new Error('the leg is not judged');
    return { ...only, change, width: bands.get(0)?.band.halfWidthCoin ?? Number.NaN };
  };

  test('leaves a contract alone while the delta is inside it', async () => {
    const { share, band } = await judged(setting, 100, 100 + 0.9 * halfWidthEth);
    expect(share).toBe(0);
    expect(band).not.toBeNull();
  });

  test('is traded to its edge from outside, no farther', async () => {
    for (const beyond of [1.2, 2]) {
      const { share, change, width } = await judged(setting, 100, 100 + beyond * halfWidthEth);
      const left = (1 - share) * Math.abs(deltaChange(setting, change)?.deviationCoin ?? Number.NaN);
      expect(share).toBeGreaterThan(0);
      expect(left).toBeCloseTo(width, 6);
    }
  });

  test('narrows to a part of the coins by which its account is away from falling, and closes where it falls', async () => {
    const nearly = settingOf(650_000);
    const near = await judged(nearly, 0, 1);
    expect(near.band?.narrowedBy).toBe('PRP');
    const { stood } = await standing(nearly, 0, 1);
    const account = nearly.pack.accountIds.indexOf('PRP');
    const distance = (stood.worstExcessUsd[account] ?? 0) / (0.18 * ethUsd);
    expect(near.width).toBeCloseTo(hedgeAssumptions.bandShareOfDistance * distance, 6);
    const falling = await judged(settingOf(400_000), 0, 1);
    expect(falling.isNeeded).toBe(true);
    expect(falling.share).toBe(1);
  });
});
