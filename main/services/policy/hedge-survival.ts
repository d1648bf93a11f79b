import type { HedgeLeg, HedgeSurvival } from '../../contract/policy.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import { noPolicy } from '../../domain/policy.ts';
import type { Shock } from '../../domain/scenario.ts';
import { LEG_OUTCOME, LEG_OUTCOMES } from '../../engine/cascade/policy/leg-outcome.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
import type { SurvivalChunk, SurvivalTable } from '../../engine/scenario/survival-chunk.ts';
import type { Pool } from '../../pool/pool-types.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import { historyShocks, readHistory } from '../analysis/shock-lists.ts';
import { packBook, type PackResult } from '../pack.ts';
import { packShocks, SCENARIOS_PER_CHUNK, type RunContext } from '../scenarios.ts';
import { counterpartyAssumptions } from './assumed-counterparties.ts';
import { legGroups, type LegGroup } from './hedge-legs.ts';
import { legSentence, legThreats } from './leg-words.ts';
import { rulesUnder } from './policy-rules.ts';

/** How far the asset a gain is paid in falls in the what-if of a depeg. USDe stood at 0.65 on Binance on 2025-10-10; a tenth is milder. */
const DEPEG = 0.1;

/** What may be chosen. */
export type SurvivalWish = { readonly deleveraging?: 'queue' | 'proRata' | undefined; readonly depegFraction?: number | undefined };

/** What becomes of every hedge in the shock, and on every day of the history through the whole cascade. */
export async function hedgeSurvival(
  inputs: AnalysisInputs,
  wish: SurvivalWish,
  engine: RunContext & { readonly pool: Pool },
): Promise<Result<Omit<HedgeSurvival, 'runId'>>> {
  const packed = packBook(inputs.contents, inputs.snapshot, inputs.scenarioSet);
  return packed.ok ? survivalOfPack({ inputs, pack: packed.value }, wish, engine) : packed;
}

/** The same for a packed book whose quantities are not those of the contents: a book after a suggestion. */
export async function survivalOfPack(
  { inputs, pack }: { readonly inputs: AnalysisInputs; readonly pack: PackResult },
  wish: SurvivalWish,
  engine: RunContext & { readonly pool: Pool },
): Promise<Result<Omit<HedgeSurvival, 'runId'>>> {
  const history = readHistory(inputs, pack.driverIds);
  if (!history.ok) return history;
  const groups = legGroups(inputs, pack);
  const deleveraging = wish.deleveraging ?? 'queue';
  const policy = { ...noPolicy, id: 'venues', lossOrder: { fundUsd: 0, fundByVenueUsd: {}, deleveraging } };
  const shocks = [inputs.shock, ...historyShocks(history.value, inputs.scenarioSet, pack.driverIds)];
  const run = await runSurvival({ pack, shocks, groups, rules: rulesUnder(policy, inputs.assumptions, { pack }) }, engine);
  if (!run.ok) return run;
  const first = run.value[0];
  if (first === undefined) return fail('internal', 'the survival of hedges gave no answer');
  const depegFraction = wish.depegFraction ?? DEPEG;
  const told = { inputs, pack, parts: run.value, first, groups, scenarios: shocks.length, depegFraction };
  const legs = groups.flatMap((_, g) => hedgeLeg(told, g));
  const bookExecutedUsd = first.bookUsd[0] ?? 0;
  const idealGainUsd = sumAccurate(Float64Array.from(legs, (leg) => leg.idealUsd));
  const executedGainUsd = sumAccurate(Float64Array.from(legs, (leg) => leg.executedUsd));
  return succeed({
    shock: inputs.shock,
    assumptions: inputs.assumptions,
    legs: legs.toSorted((left, right) => right.idealUsd - left.idealUsd),
    bookIdealUsd: bookExecutedUsd - executedGainUsd + idealGainUsd,
    bookExecutedUsd,
    bookLostUsd: bookExecutedUsd - executedGainUsd,
    days: shocks.length - 1,
    depegFraction,
    stated: statedAssumptions(deleveraging, shocks.length - 1, depegFraction),
  });
}

type Work = {
  readonly pack: PackResult;
  readonly shocks: readonly Shock[];
  readonly groups: readonly LegGroup[];
  readonly rules: SurvivalChunk['rules'];
};

async function runSurvival(
  { pack, shocks, groups, rules }: Work,
  engine: RunContext & { readonly pool: Pool },
): Promise<Result<readonly SurvivalTable[]>> {
  engine.pool.share(pack.packed.id, pack.packed);
  const legs = Int32Array.from(groups.flatMap((group) => group.positions));
  const inputs: SurvivalChunk[] = [];
  for (let from = 0; from < shocks.length; from += SCENARIOS_PER_CHUNK) {
    const part = packShocks(shocks.slice(from, from + SCENARIOS_PER_CHUNK), pack.driverIds);
    inputs.push({ packedId: pack.packed.id, quantities: null, ...part, rules, legs });
  }
  return engine.pool.run({ name: 'survival', inputs }, engine.signal, (done, total) => engine.progress('Following hedges', done, total));
}

/** What the legs are told from. */
type Told = {
  readonly inputs: AnalysisInputs;
  readonly pack: PackResult;
  readonly parts: readonly SurvivalTable[];
  readonly first: SurvivalTable;
  readonly groups: readonly LegGroup[];
  readonly scenarios: number;
  readonly depegFraction: number;
};

/** Sums of one group's lines in one scenario; the deleveraged share is the largest. */
type GroupOutcome = { idealUsd: number; executedUsd: number; isClosed: boolean; deleveragedShare: number; deltaUsd: number };

function groupOutcome({ parts, groups }: Told, g: number, scenario: number): GroupOutcome {
  const table = parts[Math.floor(scenario / SCENARIOS_PER_CHUNK)];
  const total = groups.reduce((sum, group) => sum + group.positions.length, 0);
  const before = groups.slice(0, g).reduce((sum, group) => sum + group.positions.length, 0);
  const out: GroupOutcome = { idealUsd: 0, executedUsd: 0, isClosed: false, deleveragedShare: 0, deltaUsd: 0 };
  groups[g]?.positions.forEach((_, i) => {
    const at = ((scenario % SCENARIOS_PER_CHUNK) * total + before + i) * LEG_OUTCOMES;
    const value = (place: number): number => table?.outcomes[at + place] ?? NaN;
    out.idealUsd += value(LEG_OUTCOME.idealUsd);
    out.executedUsd += value(LEG_OUTCOME.executedUsd);
    out.isClosed ||= value(LEG_OUTCOME.isClosed) === 1;
    out.deleveragedShare = Math.max(out.deleveragedShare, value(LEG_OUTCOME.deleveragedShare));
    out.deltaUsd += value(LEG_OUTCOME.deltaUsd);
  });
  return out;
}

/** A leg that gains in the shock; nothing for the others, which hedge nothing there. */
function hedgeLeg(told: Told, g: number): HedgeLeg[] {
  const { inputs, first, groups, scenarios, depegFraction } = told;
  const group = groups[g];
  const now = groupOutcome(told, g, 0);
  if (group === undefined || !(now.idealUsd > 0)) return [];
  const days = Array.from({ length: scenarios - 1 }, (_, day) => groupOutcome(told, g, day + 1)).filter((day) => day.idealUsd > 0);
  const liquidatedDays = days.filter((day) => day.isClosed).length;
  const deleveragedDays = days.filter((day) => !day.isClosed && day.deleveragedShare > 0).length;
  const keptDays = days.length - liquidatedDays - deleveragedDays;
  const account = inputs.contents.accounts[group.account];
  const place = groups.slice(0, g).reduce((sum, each) => sum + each.positions.length, 0);
  const facts = {
    group,
    accountId: account?.id ?? '',
    venueName: inputs.contents.venues.find((venue) => venue.id === account?.venueId)?.name ?? '',
    ...now,
    fallenRound: first.fallenRound[group.account] ?? 0,
    deleveragedRound: first.closedRound[place] ?? -1,
    aheadShare: first.aheadShare[place] ?? 0,
    depegFraction,
  };
  return [
    {
      legId: group.legId,
      name: group.name,
      accountId: facts.accountId,
      venueName: facts.venueName,
      underlying: group.underlying,
      lines: group.positions.length,
      idealUsd: now.idealUsd,
      executedUsd: now.executedUsd,
      aheadShare: group.isDeleveraged
        ? facts.aheadShare
        : { reason: 'unsupported', message: `${group.name}: options are not auto-deleveraged in this model` },
      gainDays: days.length,
      keptDays,
      survivalFraction:
        days.length > 0
          ? keptDays / days.length
          : { reason: 'unsupported', message: `${group.name} gains on no day of the history, so its survival has no value` },
      liquidatedDays,
      deleveragedDays,
      hedgedUsd: now.deltaUsd,
      nakedUsd: netExposureUsd(told, group) - now.deltaUsd,
      threats: legThreats(facts),
      fate: now.isClosed ? 'liquidated' : now.deleveragedShare > 0 ? 'deleveraged' : 'kept',
      sentence: legSentence(facts),
    },
  ];
}

/** Exposure of the whole book to a leg's underlying at the final prices, everything left alone: holdings looked through, derivatives by delta. */
function netExposureUsd(told: Told, { asset }: LegGroup): number {
  const { pack, first, groups } = told;
  const { positions, assets } = pack.packed;
  const price = first.priceUsd[asset] ?? 0;
  let exposure = 0;
  for (let p = 0; p < positions.count; p += 1) {
    if ((positions.kind[p] ?? 0) > 1) continue;
    const held = positions.asset[p] ?? 0;
    const units = held === asset ? 1 : (assets.lookThroughUnits[held * assets.count + asset] ?? 0);
    exposure += (positions.quantity[p] ?? 0) * units * price;
  }
  groups.forEach((group, g) => {
    if (group.asset === asset) exposure += groupOutcome(told, g, 0).deltaUsd;
  });
  return exposure;
}

function statedAssumptions(deleveraging: 'queue' | 'proRata', days: number, depegFraction: number): HedgeSurvival['stated'] {
  return [
    {
      id: 'survival',
      text: 'Survival: of the days of the history on which the leg gains through the whole cascade, the share on which it is neither liquidated nor deleveraged',
      value: `${days} days; a frequency, no forecast`,
      source: 'scenario set',
    },
    {
      id: 'deleveraging',
      text: 'Venues deleverage futures and perpetuals in profit; funds are taken as empty',
      value: deleveraging === 'queue' ? 'by profit share × leverage' : 'the same share of each',
      source: 'model',
    },
    { id: 'lost', text: 'Lost: the leg pays nothing; its margin is not counted as lost', value: 'gain 0', source: 'model' },
    {
      id: 'depeg',
      text: 'What if the asset a gain is paid in is worth less; USDe stood at 0.65 on Binance on 2025-10-10',
      value: `${Math.round(depegFraction * 100)} % less`,
      source: 'assumption',
    },
    ...counterpartyAssumptions(),
  ];
}
