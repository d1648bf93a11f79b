import type { AccountResult, CascadeResult } from '../../contract/analysis.ts';
import type { AccountState } from '../../contract/cell.ts';
import type { NetworkResult } from '../../contract/network.ts';
import { POSITION_KIND } from '../../engine/packed/packed-book.ts';
import type { EngineRun } from './engine-run.ts';
import { backingName } from './fall-causes.ts';
import type { NetworkLoop } from './network-loops.ts';
import { figure, listing, money, percent, plural } from './words.ts';

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
export function networkWords(inputs: WordInputs): Words {
  const conditions: Words['conditions'] = {};
  const sellers: Words['sellers'] = {};
  const chains: Words['chains'] = {};
  const reused = new Set(inputs.run.inputs.contents.pledges.flatMap((pledge) => (pledge.isReusable ? [pledge.accountId] : [])));
  const sellersOf = new Map<number, string[]>();
  inputs.accounts.forEach((account, a) => {
    const id = `account:${account.accountId}`;
    const held = heldAssets(inputs.run, a);
    for (const claim of account.family === 'custody' ? [] : claimsBelow(inputs.run, held)) {
      const seller = `${account.venueName} liquidator of ${account.accountId}`;
      if (sellersOf.get(claim)?.push(seller) === undefined) sellersOf.set(claim, [seller]);
    }
    conditions[id] = accountConditions(inputs, account, held);
    sellers[id] = accountSellers(inputs.run, account, { held, isReused: reused.has(account.accountId) });
    chains[id] = accountChain(inputs.run, account, { held, isReused: reused.has(account.accountId) });
  });
  for (const claim of inputs.run.pack.packed.assets.claimOrder) {
    const id = `asset:${inputs.run.pack.assetIds[claim] ?? ''}`;
    const below = claimsBelow(inputs.run, [claim]);
    conditions[id] = below.flatMap((asset) => claimConditions(inputs.run, asset));
    sellers[id] = sellersOf.get(claim) ?? [];
    chains[id] = below.map((asset) => claimSentence(inputs.run, asset));
  }
  return { conditions, sellers, chains };
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

function accountConditions(inputs: WordInputs, account: AccountResult, held: readonly number[]): Condition[] {
  const { run, cascade } = inputs;
  const conditions = claimsBelow(run, held).flatMap((asset) => claimConditions(run, asset));
  for (const asset of held) {
    const row = run.inputs.contents.assets[asset];
    const driver = run.pack.packed.drivers.includes(asset) || claimsBelow(run, [asset]).length > 0;
    const covered = run.pack.assetCoverage[asset];
    if (row === undefined || row.oracle === null || !driver || covered === undefined || account.family === 'custody') continue;
    conditions.push({
      text: `${row.oracle} is posted in time`,
      detail: `last price ${ageWords(covered.ageMs)} old${covered.limitMs === null ? '' : `, every ${ageWords(covered.limitMs)}`}`,
      state: covered.isStale ? 'watch' : 'safe',
    });
  }
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
  return [...conditions, ...fallConditions(account, cascade)];
}

/** What the reference cascade says about the account: who must not sell first. */
function fallConditions(account: AccountResult, cascade: CascadeResult): Condition[] {
  const fall = cascade.fallen.find((each) => each.accountId === account.accountId);
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
  const mine = fall.causes.filter((cause) => cascade.fallen.some((each) => each.accountId === cause));
  if (mine.length > 0)
    conditions.push({
      text: `your own ${listing(mine)} ${plural(mine.length, 'does', 'do')} not fall`,
      detail: fall.because,
      state: 'danger',
    });
  return conditions;
}

/** What an account holds, and whether its venue may use a pledge of it again. */
type Kept = { readonly held: readonly number[]; readonly isReused: boolean };

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

function accountChain(run: EngineRun, account: AccountResult, { held, isReused }: Kept): string[] {
  const { pack } = run;
  const balances = balancesByAsset(pack, pack.accountIndex.get(account.accountId) ?? 0);
  const worded = (quantity: Float64Array): string[] =>
    [...quantity].flatMap((amount, asset) => (amount > 0 ? [`${figure(amount, 0)} ${pack.assetIds[asset] ?? ''}`] : []));
  const owed = worded(balances.owed);
  const kept = worded(balances.kept);
  const sentences = [
    `${account.accountId} ${account.family === 'custody' ? 'holds' : 'pledges'} ${listing(kept)}${kept.length === 0 ? 'nothing' : ''}${account.family === 'custody' ? '' : ` at ${account.venueName}`}.`,
  ];
  if (owed.length > 0) sentences.push(`It owes ${listing(owed)}${lenders(run, account)}.`);
  for (const asset of claimsBelow(run, held)) sentences.push(claimSentence(run, asset));
  if (isReused) sentences.push(`${account.venueName} may use the pledge again.`);
  return sentences;
}

/** What an account holds and owes of each asset, however many positions it is spread over; units of the asset. */
function balancesByAsset({ packed }: EngineRun['pack'], account: number): { readonly kept: Float64Array; readonly owed: Float64Array } {
  const { positions, accounts, assets } = packed;
  const kept = new Float64Array(assets.count);
  const owed = new Float64Array(assets.count);
  for (let p = accounts.positionStart[account] ?? 0; p < (accounts.positionStart[account + 1] ?? 0); p += 1) {
    const quantity = positions.quantity[p] ?? 0;
    const asset = positions.asset[p] ?? 0;
    if (positions.kind[p] === POSITION_KIND.debt && quantity < 0) owed[asset] = (owed[asset] ?? 0) - quantity;
    if (positions.kind[p] === POSITION_KIND.holding && quantity > 0) kept[asset] = (kept[asset] ?? 0) + quantity;
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
