import type { AccountResult } from '../../contract/analysis.ts';
import { FAMILY, POSITION_KIND } from '../../engine/packed/packed-book.ts';
import type { FailureGraph } from '../../engine/network/failure-propagation.ts';
import type { EngineRun } from '../analysis/engine-run.ts';

/** The book as a graph of who rests on whom, with names. Node ids are those of the dependency graph; every asset has a node of its own. */
export type FailureBook = {
  readonly graph: FailureGraph;
  readonly ids: readonly string[];
  readonly nodeOf: ReadonlyMap<string, number>;
  readonly labels: ReadonlyMap<string, string>;
  /** By account: node, equity (0 where there is none to lose) and what it holds by node of the asset, USD. */
  readonly accounts: readonly FailureAccount[];
  /** Assets and venues of which something is not known, in words. */
  readonly unknown: readonly string[];
};

export type FailureAccount = {
  readonly accountId: string;
  readonly venueId: string;
  readonly node: number;
  readonly venueNode: number;
  /** Where its collateral lies: the isolated market it borrows from, else its venue. */
  readonly siteNode: number;
  readonly equityUsd: number;
  readonly holdings: ReadonlyMap<number, number>;
  /** What a forced closing at a wrong price costs, by node of the oracle, USD. */
  readonly penalties: ReadonlyMap<number, number>;
};

type Tie = { readonly target: number; readonly share: number; readonly attachment: number };

/** Builds up nodes and ties while names are looked up. */
type Draft = {
  readonly run: EngineRun;
  readonly nodeOf: Map<string, number>;
  readonly labels: Map<string, string>;
  readonly ties: Tie[][];
  /** Node of every asset of the pack, once they are added. */
  readonly assetNodes: number[];
};

/** Everything the book rests on: venues, issuers, chains, oracles, pools, assets and its own accounts. */
export function failureBook(run: EngineRun, results: readonly AccountResult[]): FailureBook {
  const draft: Draft = { run, nodeOf: new Map(), labels: new Map(), ties: [], assetNodes: [] };
  const unknown = [...addVenues(draft), ...addAssets(draft)];
  const accounts = results.map((result, a) => addAccount(draft, result, a));
  const start = new Int32Array(draft.ties.length + 1);
  draft.ties.forEach((row, node) => {
    start[node + 1] = (start[node] ?? 0) + row.length;
  });
  const rows = draft.ties.flat();
  const graph: FailureGraph = {
    count: draft.ties.length,
    start,
    target: Int32Array.from(rows, (tie) => tie.target),
    share: Float64Array.from(rows, (tie) => tie.share),
    attachment: Float64Array.from(rows, (tie) => tie.attachment),
  };
  return { graph, ids: [...draft.nodeOf.keys()], nodeOf: draft.nodeOf, labels: draft.labels, accounts, unknown };
}

function touch({ nodeOf, labels, ties }: Draft, id: string, label: string): number {
  const known = nodeOf.get(id);
  if (known !== undefined) return known;
  const node = nodeOf.size;
  nodeOf.set(id, node);
  labels.set(id, label);
  ties.push([]);
  return node;
}

function tie(draft: Draft, node: number, to: Omit<Tie, 'attachment'> & { readonly attachment?: number }): void {
  if (to.share > 0 && node !== to.target) draft.ties[node]?.push({ attachment: 0, ...to });
}

/** A venue rests on its chain, a lending market on its venue and, beyond the margin of its loans, on what is pledged there. */
function addVenues(draft: Draft): string[] {
  const { contents, snapshot } = draft.run.inputs;
  const unknown: string[] = [];
  for (const { id, name, parameters } of contents.venues) {
    const node = touch(draft, `venue:${id}`, name);
    const on = parameters.restsOn;
    if (on === undefined) unknown.push(`what ${name} runs on is not recorded`);
    else if (on.chain !== null) tie(draft, node, { target: touch(draft, `chain:${on.chain}`, on.chain), share: 1 });
    if (parameters.family !== 'isolatedMarket') continue;
    for (const market of parameters.markets) {
      const reserve = snapshot.reserves.find((each) => each.venueId === id && each.marketId === market.id);
      const pool = touch(draft, `pool:${id}/${market.id}`, `${name} ${market.collateralAssetId}/${market.loanAssetId}`);
      if (reserve === undefined) unknown.push(`how much of ${name} ${market.id} is lent out is not known; all of it is assumed`);
      tie(draft, pool, { target: node, share: 1 });
      const collateral = touch(draft, `asset:${market.collateralAssetId}`, market.collateralAssetId);
      tie(draft, pool, {
        target: collateral,
        share: reserve?.utilisationFraction ?? 1,
        attachment: 1 - market.liquidationLoanToValueFraction,
      });
    }
  }
  return unknown;
}

/** An asset rests on its issuer, its chain, what backs it, and a debt claim on its market. An issuer that is a venue of the book is that venue. */
function addAssets(draft: Draft): string[] {
  const { contents } = draft.run.inputs;
  const { assets, initial } = draft.run.pack.packed;
  const unknown: string[] = [];
  contents.assets.forEach((asset, index) => {
    const node = touch(draft, `asset:${asset.id}`, asset.id);
    draft.assetNodes[index] = node;
    if (asset.issuer !== null) tie(draft, node, { target: issuerNode(draft, asset.issuer), share: 1 });
    if (asset.chain === null) unknown.push(`the chain of ${asset.id} is not known`);
    else tie(draft, node, { target: touch(draft, `chain:${asset.chain}`, asset.chain), share: 1 });
    if (asset.issuer === null && ['stable', 'share'].includes(asset.kind)) unknown.push(`the issuer of ${asset.id} is not known`);
    if (asset.kind === 'debtClaim' && asset.marketId !== null)
      tie(draft, node, { target: touch(draft, `pool:${asset.marketId}`, asset.name), share: 1 });
    const from = assets.backing.start[index] ?? 0;
    const end = assets.backing.start[index + 1] ?? 0;
    let backingUsd = 0;
    for (let e = from; e < end; e += 1)
      backingUsd += (assets.backing.weight[e] ?? 0) * (initial.priceUsd[assets.backing.target[e] ?? 0] ?? 0);
    for (let e = from; e < end; e += 1) {
      const target = assets.backing.target[e] ?? 0;
      const id = draft.run.pack.assetIds[target] ?? '';
      const valueUsd = (assets.backing.weight[e] ?? 0) * (initial.priceUsd[target] ?? 0);
      tie(draft, node, { target: touch(draft, `asset:${id}`, id), share: backingUsd > 0 ? valueUsd / backingUsd : 0 });
    }
  });
  return unknown;
}

function issuerNode(draft: Draft, issuer: string): number {
  const venue = draft.run.inputs.contents.venues.find(({ name }) => name.toLowerCase() === issuer.toLowerCase());
  return venue === undefined ? touch(draft, `issuer:${issuer}`, issuer) : touch(draft, `venue:${venue.id}`, venue.name);
}

function addAccount(draft: Draft, result: AccountResult, a: number): FailureAccount {
  const { pack } = draft.run;
  const { positions, accounts, initial } = pack.packed;
  const equityUsd = Math.max(0, typeof result.equityUsd === 'number' ? result.equityUsd : 0);
  const node = touch(draft, `account:${result.accountId}`, result.accountId);
  const venueNode = touch(draft, `venue:${result.venueId}`, result.venueName);
  const siteNode = draft.nodeOf.get(`pool:${result.venueId}/${result.marketId ?? ''}`) ?? venueNode;
  const holdings = new Map<number, number>();
  for (let p = accounts.positionStart[a] ?? 0; p < (accounts.positionStart[a + 1] ?? 0); p += 1) {
    const asset = positions.asset[p] ?? 0;
    const valueUsd = (positions.quantity[p] ?? 0) * (initial.priceUsd[asset] ?? 0);
    if (positions.kind[p] !== POSITION_KIND.holding || !(valueUsd > 0)) continue;
    const held = draft.assetNodes[asset] ?? -1;
    holdings.set(held, (holdings.get(held) ?? 0) + valueUsd);
  }
  const penalties = oraclePenalties(draft, result, a);
  if (equityUsd > 0) {
    tie(draft, node, { target: siteNode, share: 1 });
    for (const [held, valueUsd] of holdings) tie(draft, node, { target: held, share: valueUsd / equityUsd });
    for (const [oracle, usd] of penalties) tie(draft, node, { target: oracle, share: usd / equityUsd });
  }
  return { accountId: result.accountId, venueId: result.venueId, node, venueNode, siteNode, equityUsd, holdings, penalties };
}

/**
 * A wrong price closes a borrower at the bonus of its venue: debt × largest bonus, under every feed that prices its collateral, itself
 * or what backs it, and under whoever posts the venue's feeds. Exchanges judge by their own index, which is part of the venue.
 */
function oraclePenalties(draft: Draft, result: AccountResult, a: number): Map<number, number> {
  const { inputs, pack } = draft.run;
  const { lending, accounts, assets, initial } = pack.packed;
  const penalties = new Map<number, number>();
  const borrower = accounts.borrower[a] ?? -1;
  if (borrower < 0 || accounts.family[a] === FAMILY.custody) return penalties;
  let debtUsd = 0;
  for (let row = lending.debtStart[borrower] ?? 0; row < (lending.debtStart[borrower + 1] ?? 0); row += 1)
    debtUsd += Math.abs((lending.debtQuantity[row] ?? 0) * (initial.priceUsd[lending.debtAsset[row] ?? 0] ?? 0));
  let bonus = 0;
  const waiting: number[] = [];
  for (let row = lending.collateralStart[borrower] ?? 0; row < (lending.collateralStart[borrower + 1] ?? 0); row += 1) {
    bonus = Math.max(bonus, lending.collateralBonus[row] ?? 0);
    waiting.push(lending.collateralAsset[row] ?? 0);
  }
  const feeds = new Set<string>();
  const seen = new Set<number>();
  for (let asset = waiting.pop(); asset !== undefined; asset = waiting.pop()) {
    if (seen.has(asset)) continue;
    seen.add(asset);
    const feed = inputs.contents.assets[asset]?.oracle ?? null;
    if (feed !== null) feeds.add(feed);
    waiting.push(...assets.backing.target.subarray(assets.backing.start[asset] ?? 0, assets.backing.start[asset + 1] ?? 0));
  }
  const operator = inputs.contents.venues.find((venue) => venue.id === result.venueId)?.parameters.restsOn?.oracle ?? null;
  if (operator !== null) feeds.add(operator);
  if (debtUsd * bonus > 0) for (const feed of feeds) penalties.set(touch(draft, `oracle:${feed}`, feed), debtUsd * bonus);
  return penalties;
}
