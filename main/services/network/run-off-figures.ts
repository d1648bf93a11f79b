import { instantToMs } from '../../domain/time.ts';
import type { TransferTerms } from '../../domain/system.ts';
import { runOff } from '../../engine/collateral/run-off.ts';
import type { EngineRun } from '../analysis/engine-run.ts';
import { money, percent } from '../analysis/words.ts';
import { type Figure, orRefused } from './metric-figure.ts';
import { collateralLots, type CollateralLots } from './run-off-lots.ts';

/** Points of the run-off curve. */
const POINTS = [
  { id: 'runOffHour', title: 'Run-off, 1 h', hours: 1 },
  { id: 'runOffDay', title: 'Run-off, 1 d', hours: 24 },
  { id: 'runOffWeek', title: 'Run-off, 7 d', hours: 168 },
] as const;

/** Share of the collateral that can be withdrawn within an hour, a day and a week. */
export function runOffFigures(run: EngineRun, priceAgeMs: number): Figure[] {
  const terms = run.inputs.transferTerms;
  if (terms === undefined) {
    const message = 'how fast venues and issuers pay out was not read, so no run-off can be told';
    return POINTS.map(({ id, title }) => ({
      id,
      title,
      unit: 'fraction' as const,
      value: { reason: 'unsupported' as const, message },
      meaning: 'no terms of withdrawal',
      coverageFraction: 0,
    }));
  }
  const lots = collateralLots(run, terms);
  const meaning = meaningOf(lots);
  const ageMs = Math.max(priceAgeMs, ageOf(run, terms));
  return POINTS.map(({ id, title, hours }) => ({
    id,
    title,
    unit: 'fraction' as const,
    value: orRefused(runOff(lots, lots.ratePerHourUsd, hours), 'nothing is pledged or posted'),
    meaning,
    ageMs,
    coverageFraction: lots.coverageFraction,
  }));
}

function ageOf({ inputs }: EngineRun, { asOf }: TransferTerms): number {
  return Math.max(0, instantToMs(inputs.snapshot.asOf) - instantToMs(`${asOf}T00:00:00Z`));
}

/** What holds the collateral back, in shares of it. */
function meaningOf({ valueUsd, freeFraction, idleFraction }: CollateralLots): string {
  let total = 0;
  let bound = 0;
  let lent = 0;
  valueUsd.forEach((usd, lot) => {
    const free = freeFraction[lot] ?? 0;
    total += usd;
    bound += usd * (1 - free);
    lent += usd * free * (1 - (idleFraction[lot] ?? 0));
  });
  return total > 0
    ? `of ${money(total)}; debts and positions hold ${percent(bound / total, 0)}, pools have lent out ${percent(lent / total, 0)}`
    : 'nothing is pledged or posted';
}
