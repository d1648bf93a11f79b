import type { CascadeResult } from '../../contract/analysis.ts';
import type { Cell } from '../../contract/cell.ts';
import { FAMILY } from '../../engine/packed/packed-book.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
import { moneyFlows } from '../cascade/money-flows.ts';
import { recordedMarkets } from '../cascade/recorded-markets.ts';
import { rootCauses, tracedSales } from '../cascade/root-causes.ts';
import { moveOrNull } from './account-results.ts';
import type { EngineRun } from './engine-run.ts';
import { backingName, fallCause } from './fall-causes.ts';
import { saleReach } from './sale-reach.ts';
import { figure, listing, percent, plural, shockWords } from './words.ts';

/** The part of an engine run that a cascade is told from. */
export type CascadeRun = Pick<EngineRun, 'inputs' | 'pack' | 'trace'> & { readonly distances: Pick<EngineRun['distances'], 'alone'> };

/** Smallest discount worth a word. */
const NOTABLE_DISCOUNT = 0.005;

/** The reference cascade round by round: what was sold, who fell and why, what it cost. */
export function cascadeResult(run: CascadeRun): CascadeResult {
  const { inputs, pack, trace } = run;
  const { result } = trace;
  const total = (values: Float64Array): number => sumAccurate(values);
  const firstRoundLossUsd = total(result.initialEquityUsd) - total(result.shockedEquityUsd);
  const totalLossUsd = total(result.initialEquityUsd) - total(result.equityUsd);
  const accounts = pack.accountIds.map((accountId, a) => ({ accountId, a }));
  const told = { pack, trace, venues: inputs.contents.venues };
  const traced = tracedSales(told);
  return {
    shock: inputs.shock,
    assumptions: inputs.assumptions,
    pricesBeforeUsd: shownPrices(pack, pack.packed.initial.priceUsd),
    rounds: [shockRound(run), ...trace.rounds.map((_, i) => ({ ...roundResult(run, i), flows: moneyFlows(told, traced, i) }))],
    hasConverged: result.status === 'converged',
    fallen: fallenAccounts(run),
    holding: accounts.flatMap(({ accountId, a }) =>
      result.fallenRound[a] === 0
        ? [{ accountId, excessUsd: pack.packed.accounts.family[a] === FAMILY.custody ? null : (result.excessUsd[a] ?? 0) }]
        : [],
    ),
    firstRoundLossUsd,
    totalLossUsd,
    badDebtUsd: result.badDebtUsd,
    ...(inputs.assumptions.keeperGasUsd === undefined
      ? {}
      : { skipped: { borrowers: result.skippedBorrowers, debtUsd: result.skippedDebtUsd } }),
    lossAmplification:
      firstRoundLossUsd > 0
        ? totalLossUsd / firstRoundLossUsd
        : noAmplification('the shock by itself loses nothing, so total ÷ first-round loss has no value'),
    priceAmplification: Object.fromEntries(pack.driverIds.map((id, d) => [id, priceAmplification(run, id, d)])),
    lossByAccountUsd: Object.fromEntries(
      accounts.map(({ accountId, a }) => [accountId, (result.initialEquityUsd[a] ?? 0) - (result.equityUsd[a] ?? 0)]),
    ),
    causes: rootCauses(told, traced),
    ...recordedMarkets(run),
  };
}

function noAmplification(message: string): Cell {
  return { reason: 'unsupported', message };
}

/** Total fall / fall of the shock. */
function priceAmplification({ inputs, pack, trace }: CascadeRun, id: string, d: number): Cell {
  const move = inputs.shock.moves[id] ?? 0;
  if (move === 0) return noAmplification(`the shock does not move ${id}`);
  const asset = pack.packed.drivers[d] ?? 0;
  return ((trace.result.finalState.priceUsd[asset] ?? 0) / (pack.packed.initial.priceUsd[asset] ?? 1) - 1) / move;
}

function fallenAccounts(run: CascadeRun): CascadeResult['fallen'] {
  const { inputs, pack, trace, distances } = run;
  const told = { pack, snapshot: inputs.snapshot, trace, sales: saleReach(pack.packed) };
  return trace.attributions.map((attribution) => {
    const a = attribution.account;
    const cause = fallCause(told, attribution);
    return {
      accountId: pack.accountIds[a] ?? '',
      round: attribution.round,
      aloneMove: moveOrNull(distances.alone[a]),
      soldUsd: trace.result.soldUsd[a] ?? 0,
      lostUsd: (trace.result.shockedEquityUsd[a] ?? 0) - (trace.result.equityUsd[a] ?? 0),
      because: cause.because,
      causes: [...cause.causes],
    };
  });
}

function shockRound({ inputs, pack, trace }: CascadeRun): CascadeResult['rounds'][number] {
  return {
    round: 0,
    crowdSoldUsd: 0,
    mineSoldUsd: 0,
    crowdAccounts: 0,
    fallen: [],
    pricesUsd: shownPrices(pack, trace.shockedState.priceUsd),
    flows: [],
    sentence: `The shock: ${shockWords(inputs.shock.moves)}, volatility ${inputs.shock.volatilityShift >= 0 ? '+' : ''}${figure(inputs.shock.volatilityShift * 100, 0)} points. Nothing has been sold.`,
  };
}

function roundResult(run: CascadeRun, i: number): Omit<CascadeResult['rounds'][number], 'flows'> {
  const { pack, trace } = run;
  const round = trace.rounds[i];
  if (round === undefined) throw new Error(`round ${i + 1} was not traced`);
  const after = trace.rounds[i + 1];
  const state = {
    priceUsd: after?.startPriceUsd ?? trace.result.finalState.priceUsd,
    discountFraction: after?.startDiscountFraction ?? trace.result.finalState.discountFraction,
  };
  const fallen = round.ownFallen.map((a) => pack.accountIds[a] ?? '');
  const crowdSoldUsd = sumAccurate(round.crowdSoldUsd);
  const mineSoldUsd = sumAccurate(round.mineSoldUsd);
  const soldUsd = crowdSoldUsd + mineSoldUsd;
  return {
    round: round.round,
    crowdSoldUsd,
    mineSoldUsd,
    crowdAccounts: round.crowdFallen,
    fallen,
    pricesUsd: shownPrices(pack, state.priceUsd),
    sentence: `${priceWords(run, state)}. ${fallWords(fallen, round.crowdFallen, soldUsd)}`,
  };
}

/** Prices of drivers and claims by id. */
function shownPrices(pack: EngineRun['pack'], priceUsd: Float64Array): Record<string, number> {
  const { assets, drivers } = pack.packed;
  return Object.fromEntries(
    pack.assetIds.flatMap((id, asset) =>
      drivers.includes(asset) || assets.claimOrder.includes(asset) ? [[id, priceUsd[asset] ?? 0]] : [],
    ),
  );
}

/** 'ETH 1,494.20 (−20.6 %), stETH 7.2 % below ETH'. */
function priceWords({ pack }: CascadeRun, state: { priceUsd: Float64Array; discountFraction: Float64Array }): string {
  const { initial, assets, drivers } = pack.packed;
  const parts: string[] = [];
  drivers.forEach((asset, d) => {
    const price = state.priceUsd[asset] ?? 0;
    const move = price / (initial.priceUsd[asset] ?? 1) - 1;
    if (move !== 0) parts.push(`${pack.driverIds[d] ?? ''} ${figure(price, 2)} (${percent(move, 1)})`);
  });
  assets.claimOrder.forEach((asset) => {
    const discount = state.discountFraction[asset] ?? 0;
    if (discount >= NOTABLE_DISCOUNT && discount > (initial.discountFraction[asset] ?? 0))
      parts.push(`${pack.assetIds[asset] ?? ''} ${percent(discount, 1)} below ${backingName(pack, asset)}`);
  });
  return parts.join(', ');
}

function fallWords(fallen: readonly string[], crowd: number, soldUsd: number): string {
  const borrowers = `${figure(crowd, 0)} ${plural(crowd, 'borrower')} of the crowd`;
  if (fallen.length === 0 && crowd === 0 && soldUsd === 0) return 'Nobody is liquidated.';
  if (fallen.length === 0)
    return crowd === 0 ? 'Accounts that fell before are liquidated further.' : `${borrowers} ${plural(crowd, 'falls', 'fall')}.`;
  const verb = plural(fallen.length, 'falls', 'fall');
  return crowd === 0 ? `${listing(fallen)} ${verb}.` : `${listing(fallen)} ${verb} with ${borrowers}.`;
}
