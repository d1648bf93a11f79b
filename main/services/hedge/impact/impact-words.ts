import { hedgeAssumptions } from '../assumptions.ts';
import type { Setting } from '../setting.ts';
import { moneyText, percentText } from '../words/words.ts';
import { dailyVolatility } from './market-impacts.ts';

/** How much of a leg's cost is impact; nothing is said of less than a dollar. */
export function impactSentence({ costUsd, impactUsd }: { readonly costUsd: number; readonly impactUsd: number }): string[] {
  return impactUsd < 1 ? [] : [`Of its cost of ${moneyText(costUsd)} USD, ${moneyText(impactUsd)} is market impact.`];
}

/** The law by which prices give way, with its numbers. */
export function statedImpact({ shocks, candidates, pack }: Setting): string[] {
  if (!candidates.some(({ impact }) => impact !== undefined)) return [];
  const days = shocks.days.map((shock) => ({ day: '', shock }));
  const volatilities = pack.driverIds.map((id) => `${id} ${percentText(dailyVolatility(days, id), 1)}`).join(', ');
  return [
    `A price gives way to a trade by ${hedgeAssumptions.impactCoefficient} × its daily volatility (${volatilities}; an option's by its delta) × the root of its share of the 24-hour volume, or of an option's open interest, two thirds of it on average; along a constant product of the market's reserve where no volume is recorded. Accounts that trade a contract the same way share it, and between knots it is taken for dearer than that.`,
  ];
}
