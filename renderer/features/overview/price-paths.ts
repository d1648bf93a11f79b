import type { AnalysisResult } from '../../../main/contract/analysis.ts';

/** Prices through the rounds in percent of the start. */
export type PricePaths = {
  readonly steps: readonly string[];
  readonly lines: readonly { readonly name: string; readonly percents: readonly number[] }[];
};

/** A chart carries six lines at most. */
const MOST_LINES = 6;

/** Path of every driver from its price at the snapshot; a driver that the cascade does not price is left out. */
export function pricePaths(analysis: AnalysisResult): PricePaths {
  const { rounds } = analysis.cascade;
  const starts = new Map(analysis.drivers.map((driver) => [driver.assetId, driver.priceUsd]));
  const shocked = rounds[0];
  const lines = analysis.drivers.flatMap((driver) => {
    const start = starts.get(driver.assetId);
    if (start === undefined || start <= 0 || shocked?.pricesUsd[driver.assetId] === undefined) return [];
    return [
      { name: driver.assetId, percents: [0, ...rounds.map((round) => ((round.pricesUsd[driver.assetId] ?? start) / start - 1) * 100)] },
    ];
  });
  return {
    steps: ['now', ...rounds.map((round) => (round.round === 0 ? 'shock' : `round ${round.round}`))],
    lines: lines.slice(0, MOST_LINES),
  };
}
