import type { VenueParameters } from '../../domain/venue.ts';
import { scenarioMatrices, type ScenarioMatrix } from '../../engine/packed/scenario-matrix.ts';
import { standardRequirement, type StandardBinding } from '../../engine/packed/standard-account.ts';
import type { EngineRun } from './engine-run.ts';
import { percent } from './words.ts';

type ScenarioMarket = Extract<VenueParameters, { family: 'scenarioMargin' }>['markets'][number];
type MarginScenario = ScenarioMarket['scenarios'][number];

const VOLATILITY_WORDS: Readonly<Record<MarginScenario['volatility'], string>> = {
  up: 'vol up',
  same: 'vol same',
  down: 'vol down',
  linearSkew: 'smile tilted',
  absoluteSkew: 'wings moved',
};

/** A scenario in words: 'BTC −16 %, vol up'; for the one after the last, the basis contingency. */
export function scenarioWords(market: Pick<ScenarioMarket, 'underlyingId' | 'scenarios'>, index: number): string {
  const scenario = market.scenarios[index];
  if (scenario === undefined) return `${market.underlyingId} basis, each expiry by itself`;
  const move = scenario.spotMove === 0 ? 'unmoved' : `${scenario.spotMove > 0 ? '+' : '−'}${percent(Math.abs(scenario.spotMove))}`;
  const damped = scenario.dampingFraction === 1 ? '' : `, ${percent(scenario.dampingFraction)} of the loss`;
  return `${market.underlyingId} ${move}, ${VOLATILITY_WORDS[scenario.volatility]}${damped}`;
}

/** What binds an account judged by scenarios: the worst scenario of the underlying that requires most, and how near the next one is. */
export function scenarioBinding(run: EngineRun, markets: readonly ScenarioMarket[], a: number): string {
  const { packed } = run.pack;
  const matrices = scenarioMatrices(packed, a, packed.initial);
  const most = matrices.toSorted((left, right) => right.requirementUsd - left.requirementUsd)[0];
  if (most === undefined) return 'no open position';
  const market = markets[most.market - (packed.accounts.marketFrom[a] ?? 0)];
  if (market === undefined) return 'no open position';
  const total = run.values.accounts.requirementUsd[a] ?? 0;
  const share = matrices.length > 1 && total > 0 ? `, ${percent(most.requirementUsd / total)} of the requirement` : '';
  if (!((most.lossUsd[most.binding] ?? 0) > 0)) return `${market.underlyingId} add-ons, no scenario loses${share}`;
  const next = nextWorst(most);
  const runnerUp = next < 0 ? '' : `; then ${scenarioWords(market, next)} at ${percent(lossShare(most, next))} of its loss`;
  return `scenario ${most.binding + 1} of ${most.scenarios}: ${scenarioWords(market, most.binding)}${share}${runnerUp}`;
}

function nextWorst({ lossUsd, binding }: ScenarioMatrix): number {
  let next = -1;
  lossUsd.forEach((loss, s) => {
    if (s !== binding && loss > 0 && (next < 0 || loss > (lossUsd[next] ?? 0))) next = s;
  });
  return next;
}

function lossShare({ lossUsd, binding }: ScenarioMatrix, s: number): number {
  return (lossUsd[s] ?? 0) / (lossUsd[binding] ?? 1);
}

/** What binds an account under the standard manager: the expiry that requires most, and by which of its two rules. */
export function standardBinding(run: EngineRun, a: number): string {
  const { packed } = run.pack;
  const binding: StandardBinding = { position: -1, requirementUsd: 0, isMaxLoss: false, worstStrikeUsd: 0 };
  standardRequirement(packed, a, packed.initial, new Float64Array(2), binding);
  const total = run.values.accounts.requirementUsd[a] ?? 0;
  const instrument = run.pack.instruments[binding.position];
  if (instrument?.kind !== 'option') return total > 0 ? 'perpetuals, each by itself' : 'no open position that requires anything';
  const rule = binding.isMaxLoss
    ? `worst payoff at ${binding.worstStrikeUsd === 0 ? 'a price of 0' : binding.worstStrikeUsd.toLocaleString('en')}`
    : 'each short option by itself';
  return `${instrument.underlyingId} ${instrument.expiry.slice(0, 10)}: ${rule}, ${percent(binding.requirementUsd / Math.max(total, binding.requirementUsd))} of the requirement`;
}
