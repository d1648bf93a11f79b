import type { AccountResult, CascadeResult } from '../../contract/analysis.ts';
import type { AccountState } from '../../contract/cell.ts';
import type { NetworkResult } from '../../contract/network.ts';
import { POSITION_KIND } from '../../engine/packed/packed-book.ts';
import type { EngineRun } from './engine-run.ts';
import { backingName } from './fall-causes.ts';
import type { NetworkLoop } from './network-loops.ts';
import { figure, listing, listingOfFew, money, percent, plural } from './words.ts';

type Condition = NetworkResult['conditions'][string][number];
type Words = Pick<NetworkResult, 'conditions' | 'sellers' | 'chains'>;

/** What a node's words are made from. */
export type WordInputs = {
  readonly run: EngineRun;
  readonly accounts: readonly AccountResult[];
  readonly cascade: CascadeResult;
  readonly loops: readonly NetworkLoop[];
};

/** What must stay true, who may sell, and the chain back to base assets, for every account and claim of the book. */
export function networkWords(given: WordInputs): Words {
  const inputs: Known = { ...given, ...knownOf(given) };
  const conditions: Words['conditions'] = {};
  const sellers: Words['sellers'] = {};
  const chains: Words['chains'] = {};
  const reused = new Set(inputs.run.inputs.contents.pledges.flatMap((pledge) => (pledge.isReusable ? [pledge.accountId] : [])));
  const sellersOf = new Map<number, string[]>();
  inputs.accounts.forEach((account, a) => {
    const id = `account:${account.accountId}`;
    const held = heldAssets(inputs.run, a);
    const below = claimsBelow(inputs.run, held);
    for (const claim of account.family === 'custody' ? [] : below) {
      const seller = `${account.venueName} liquidator of ${account.accountId}`;
      if (sellersOf.get(claim)?.push(seller) === undefined) sellersOf.set(claim, [seller]);
    }
    const kept: Kept = { held, below, isReused: reused.has(account.accountId) };
    conditions[id] = accountConditions(inputs, account, kept);
    sellers[id] = accountSellers(inputs.run, account, kept);
    chains[id] = accountChain(inputs, account, kept);
  });
  for (const claim of inputs.run.pack.packed.assets.claimOrder) {
    const id = `asset:${inputs.run.pack.assetIds[claim] ?? ''}`;
    const below = claimsBelow(inputs.run, [claim]);
    conditions[id] = below.flatMap(inputs.conditionsOf);
    sellers[id] = sellersOf.get(claim) ?? [];
    chains[id] = below.map(inputs.sentenceOf);
  }
  return { conditions, sellers, chains };
}

/** What is said alike of every account with the same asset, worded once, and what is looked up by name. */
type Known = WordInputs & {
  readonly conditionsOf: (asset: number) => readonly Condition[];
  readonly oracleOf: (asset: number) => readonly Condition[];
  readonly sentenceOf: (asset: number) => string;
  readonly fallOf: ReadonlyMap<string, Fall>;
};
type Fall = CascadeResult['fallen'][number];

function knownOf({ run, cascade }: WordInputs): Omit<Known, keyof WordInputs> {
  return {
    conditionsOf: onceEach((asset) => claimConditions(run, asset)),
    oracleOf: onceEach((asset) => oracleConditions(run, asset)),
    sentenceOf: onceEach((asset) => claimSentence(run, asset)),
    fallOf: new Map(cascade.fallen.map((fall) => [fall.accountId, fall])),
  };
}

/** The function with every answer kept. */
function onceEach<Answer>(answer: (asset: number) => Answer): (asset: number) => Answer {
  const answers = new Map<number, Answer>();
  return (asset) => {
    const known = answers.get(asset) ?? answer(asset);
    answers.set(asset, known);
    return known;
  };
}

/** Assets an account holds, largest first. */
function heldAssets({ pack }: EngineRun, a: number): number[] {
  const { positions, accounts, initial } = pack.packed;
  const values = new Map<number, number>();
  for (let p = accounts.positionStart[a] ?? 0; p < (accounts.positionStart[a + 1] ?? 0); p += 1) {
    const asset = positions.asset[p] ?? 0;
    const valueUsd = (positions.quantity[p] ?? 0) * (initial.priceUsd[asset] ?? 0);
    if (positions.kind[p] === POSITION_KIND.holding && valueUsd > 0) values.set(asset, (values.get(asset) ?? 0) + valueUsd);
  }
  return [...values].toSorted(([, left], [, right]) => right - left).map(([asset]) => asset);
}

/** The claims among some assets and all claims below them, from the top down. */
function claimsBelow({ pack }: EngineRun, tops: readonly number[]): number[] {
  const { backing } = pack.packed.assets;
  const found: number[] = [];
  const waiting = [...tops];
  for (let asset = waiting.shift(); asset !== undefined; asset = waiting.shift()) {
    const from = backing.start[asset] ?? 0;
    const end = backing.start[asset + 1] ?? 0;
    if (from === end || found.includes(asset)) continue;
    found.push(asset);
    waiting.push(...backing.target.subarray(from, end));
  }
  return found;
}

/** Discount above which a claim is watched. */
const WATCHED_DISCOUNT = 0.005;
/** Use of a lending market above which lenders may have to wait. */
const TIGHT_USE = 0.9;

function claimConditions(run: EngineRun, asset: number): Condition[] {
  const { pack, inputs } = run;
  const row = inputs.contents.assets[asset];
  if (row === undefined) return [];
  if (row.kind === 'debtClaim') {
    const [venueId, marketId] = (row.marketId ?? '/').split('/');
    const reserve = inputs.snapshot.reserves.find((each) => each.venueId === venueId && each.marketId === marketId);
    const isTight = reserve === undefined || reserve.utilisationFraction >= TIGHT_USE;
    return [
      {
        text: `borrowers of ${row.name} repay`,
        detail: reserve === undefined ? 'use of the market unknown' : `${percent(reserve.utilisationFraction, 1)} lent out`,
        state: isTight ? 'watch' : 'safe',
      },
    ];
  }
  const discount = pack.packed.initial.discountFraction[asset] ?? 0;
  const covered = pack.assetCoverage[asset];
  const hasOwnQuote = covered !== undefined && !covered.source.startsWith('its backing');
  const age = hasOwnQuote ? `; price ${ageWords(covered.ageMs)} old${covered.isStale ? ', past its interval' : ''}` : '';
  const isPlain = row.issuer === null;
  if (isPlain) return [];
  const state: AccountState = covered?.isStale === true || discount >= WATCHED_DISCOUNT ? 'watch' : 'safe';
  return [
    {
      text: `${row.id} redeems for ${backingWords(run, asset)}`,
      detail: `${discount > 0 ? `${percent(discount, 2)} below it now` : 'no discount known'}${age}`,
      state,
    },
  ];
}

function ageWords(ageMs: number): string {
  return ageMs >= 7_200_000 ? `${figure(ageMs / 3_600_000, 0)} h` : `${figure(ageMs / 60_000, 0)} min`;
}

/** 'its 1.2238 stETH' or 'its backing' for several. */
function backingWords({ pack }: EngineRun, asset: number): string {
  const { backing } = pack.packed.assets;
  const from = backing.start[asset] ?? 0;
  if ((backing.start[asset + 1] ?? 0) - from !== 1) return 'its backing';
  return `${figure(backing.weight[from] ?? 0, Number.isInteger(backing.weight[from]) ? 0 : 4)} ${pack.assetIds[backing.target[from] ?? 0] ?? ''}`;
}

function accountConditions(inputs: Known, account: AccountResult, { held, below }: Kept): Condition[] {
  const { run } = inputs;
  const conditions = [...below.flatMap(inputs.conditionsOf), ...(account.family === 'custody' ? [] : held.flatMap(inputs.oracleOf))];
  const market = run.inputs.snapshot.reserves.find(
    (reserve) => reserve.venueId === account.venueId && reserve.marketId === account.marketId,
  );
  if (market !== undefined) {
    const state: AccountState = market.utilisationFraction >= TIGHT_USE ? 'watch' : 'safe';
    conditions.push({
      text: `${account.venueName} ${account.name} stays liquid`,
      detail: `${percent(market.utilisationFraction, 1)} used`,
      state,
    });
  }
  return [...conditions, ...fallConditions(account, inputs)];
}

/** Whether the feed of an asset that moves the book is on time. */
function oracleConditions(run: EngineRun, asset: number): Condition[] {
  const row = run.inputs.contents.assets[asset];
  const isDriver = run.pack.packed.drivers.includes(asset) || claimsBelow(run, [asset]).length > 0;
  const covered = run.pack.assetCoverage[asset];
  if (row === undefined || row.oracle === null || !isDriver || covered === undefined) return [];
  return [
    {
      text: `${row.oracle} is posted in time`,
      detail: `last price ${ageWords(covered.ageMs)} old${covered.limitMs === null ? '' : `, every ${ageWords(covered.limitMs)}`}`,
      state: covered.isStale ? 'watch' : 'safe',
    },
  ];
}

/** What the reference cascade says about the account: who must not sell first. */
function fallConditions(account: AccountResult, { cascade, fallOf }: Known): Condition[] {
  const fall = fallOf.get(account.accountId);
  if (fall === undefined || fall.round < 2) return [];
  const before = cascade.rounds.filter((round) => round.round > 0 && round.round < fall.round);
  const crowdUsd = before.reduce((sum, round) => sum + round.crowdSoldUsd, 0);
  const crowd = before.reduce((sum, round) => sum + round.crowdAccounts, 0);
  const conditions: Condition[] = [];
  if (crowdUsd > 0) {
    conditions.push({
      text: 'the crowd does not sell first',
      detail: `${figure(crowd, 0)} ${plural(crowd, 'borrower')} sell ${money(crowdUsd)} before round ${fall.round} of the reference shock`,
      state: 'danger',
    });
  }
  const mine = fall.causes.filter((cause) => fallOf.has(cause));
  if (mine.length > 0)
    conditions.push({
      text: `your own ${listingOfFew(mine)} ${plural(mine.length, 'does', 'do')} not fall`,
      detail: fall.because,
      state: 'danger',
    });
  return conditions;
}

/** What an account holds, the claims among it and below it, and whether its venue may use a pledge of it again. */
type Kept = { readonly held: readonly number[]; readonly below: readonly number[]; readonly isReused: boolean };

function accountSellers({ inputs }: EngineRun, account: AccountResult, { held, isReused }: Kept): string[] {
  if (account.family === 'custody') return [];
  const issuers = held.flatMap((asset) => {
    const row = inputs.contents.assets[asset];
    return row?.kind === 'wrapper' && row.issuer !== null
      ? [`${row.issuer} queue`]
      : row?.kind === 'share'
        ? [`${row.issuer ?? row.name} curator`]
        : [];
  });
  return [`${account.venueName} liquidator`, ...(isReused ? [`${account.venueName} (may re-use the pledge)`] : []), ...new Set(issuers)];
}

function accountChain({ run, sentenceOf }: Known, account: AccountResult, { below, isReused }: Kept): string[] {
  const { pack } = run;
  const balances = balancesByAsset(pack, pack.accountIndex.get(account.accountId) ?? 0);
  const worded = (quantities: ReadonlyMap<number, number>): string[] =>
    [...quantities].toSorted(([a], [b]) => a - b).map(([asset, amount]) => `${figure(amount, 0)} ${pack.assetIds[asset] ?? ''}`);
  const owed = worded(balances.owed);
  const kept = worded(balances.kept);
  const sentences = [
    `${account.accountId} ${account.family === 'custody' ? 'holds' : 'pledges'} ${listing(kept)}${kept.length === 0 ? 'nothing' : ''}${account.family === 'custody' ? '' : ` at ${account.venueName}`}.`,
  ];
  if (owed.length > 0) sentences.push(`It owes ${listing(owed)}${lenders(run, account)}.`);
  for (const asset of below) sentences.push(sentenceOf(asset));
  if (isReused) sentences.push(`${account.venueName} may use the pledge again.`);
  return sentences;
}

type Balances = { readonly kept: ReadonlyMap<number, number>; readonly owed: ReadonlyMap<number, number> };

/** What an account holds and owes of each asset, however many positions it is spread over; units of the asset, above zero. */
function balancesByAsset({ packed }: EngineRun['pack'], account: number): Balances {
  const { positions, accounts } = packed;
  const kept = new Map<number, number>();
  const owed = new Map<number, number>();
  for (let p = accounts.positionStart[account] ?? 0; p < (accounts.positionStart[account + 1] ?? 0); p += 1) {
    const quantity = positions.quantity[p] ?? 0;
    const asset = positions.asset[p] ?? 0;
    if (positions.kind[p] === POSITION_KIND.debt && quantity < 0) owed.set(asset, (owed.get(asset) ?? 0) - quantity);
    if (positions.kind[p] === POSITION_KIND.holding && quantity > 0) kept.set(asset, (kept.get(asset) ?? 0) + quantity);
  }
  return { kept, owed };
}

/** ', which KEEL lends to' for a market whose claims back a share. */
function lenders({ inputs }: EngineRun, account: AccountResult): string {
  const claim = inputs.contents.assets.find(
    (asset) => asset.kind === 'debtClaim' && asset.marketId === `${account.venueId}/${account.marketId ?? ''}`,
  );
  const shares = inputs.contents.assets.filter((asset) => asset.backing.some((row) => row.assetId === claim?.id));
  return claim === undefined || shares.length === 0 ? '' : ` to a market that ${listing(shares.map((share) => share.id))} lends to`;
}

function claimSentence(run: EngineRun, asset: number): string {
  const { pack, inputs } = run;
  const { backing } = pack.packed.assets;
  const { priceUsd } = pack.packed.initial;
  const row = inputs.contents.assets[asset];
  const from = backing.start[asset] ?? 0;
  const end = backing.start[asset + 1] ?? 0;
  if (row?.kind === 'debtClaim') return `${row.id} is owed by the borrowers of ${row.marketId ?? 'its market'}.`;
  if (end - from === 1)
    return `${row?.id ?? ''} is ${backingWords(run, asset)}${(pack.packed.initial.discountFraction[asset] ?? 0) > 0 ? `, now ${percent(pack.packed.initial.discountFraction[asset] ?? 0, 2)} below ${backingName(pack, asset)}` : ''}.`;
  let total = 0;
  for (let e = from; e < end; e += 1) total += (backing.weight[e] ?? 0) * (priceUsd[backing.target[e] ?? 0] ?? 0);
  const parts = Array.from({ length: end - from }, (_, i) => {
    const target = backing.target[from + i] ?? 0;
    return `${percent(((backing.weight[from + i] ?? 0) * (priceUsd[target] ?? 0)) / total, 0)} ${pack.assetIds[target] ?? ''}`;
  });
  return `${row?.id ?? ''} is backed by ${listing(parts)}.`;
}
