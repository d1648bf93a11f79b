import type { ExposureMatrix, NodeFailure } from '../../contract/network.ts';
import { prepareFailures, propagateFailure, type FailureOutcome, type FailureWork } from '../../engine/network/failure-propagation.ts';
import type { EngineRun } from '../analysis/engine-run.ts';
import { listingOfFew } from '../analysis/words.ts';
import type { FailureAccount, FailureBook } from './failure-book.ts';

/** What single failures do to the book, and which venue's holdings rest on which protocol. */
export type FailureTable = {
  readonly failures: NodeFailure[];
  readonly exposures: ExposureMatrix;
  /** Share of what is held that rests on a venue or issuer other than the place where it is held; NaN where nothing is held. */
  readonly crossProtocolFraction: number;
};

/** Fails every venue, issuer, oracle, chain, token and lending market of the book in turn. */
export function failureTable(run: EngineRun, book: FailureBook): FailureTable {
  const work = prepareFailures(book.graph);
  const failures: NodeFailure[] = [];
  const columns: { readonly id: string; readonly label: string; readonly lostByNode: Float64Array }[] = [];
  book.ids.forEach((id, root) => {
    const kind = failingKind(run, id);
    if (kind === null) return;
    const outcome = propagateFailure(book.graph, root, work);
    const failure = describe(book, { id, root, kind, outcome, work, label: failingName(run, book, id) });
    if (failure.lossUsd !== 0) failures.push(failure);
    if (kind === 'venue' || kind === 'issuer') columns.push({ id, label: book.labels.get(id) ?? id, lostByNode: work.lost.slice() });
  });
  const size = ({ lossUsd }: NodeFailure): number => (typeof lossUsd === 'number' ? lossUsd : Infinity);
  failures.sort((left, right) => size(right) - size(left) || (left.id < right.id ? -1 : 1));
  return { failures, ...exposureMatrix(run, book, columns) };
}

/** What kind of failure a node stands for; null for accounts, base coins, plain wrappers and debt claims, which are their market. */
function failingKind(run: EngineRun, id: string): NodeFailure['kind'] | null {
  const [kind = '', ...rest] = id.split(':');
  if (kind === 'account') return null;
  if (kind !== 'asset') return kind as NodeFailure['kind'];
  const asset = run.inputs.contents.assets.find((each) => each.id === rest.join(':'));
  if (asset === undefined || asset.kind === 'base' || asset.kind === 'debtClaim' || asset.issuer === null) return null;
  // An issuer of one token fails with it: one row for both, under the issuer's name.
  return issuedBy(run, asset.issuer).length === 1 && !run.inputs.contents.venues.some(({ name }) => name === asset.issuer) ? null : 'token';
}

/** Tokens of an issuer that are no claims on a lending market. */
function issuedBy(run: EngineRun, issuer: string): string[] {
  return run.inputs.contents.assets.flatMap((asset) => (asset.issuer === issuer && asset.kind !== 'debtClaim' ? [asset.id] : []));
}

/** 'Circle (USDC)' for an issuer, else the label of the node. */
function failingName(run: EngineRun, { labels }: FailureBook, id: string): string {
  const label = labels.get(id) ?? id;
  return id.startsWith('issuer:') ? `${label} (${issuedBy(run, label).join(', ')})` : label;
}

type Failing = {
  readonly id: string;
  readonly root: number;
  readonly kind: NodeFailure['kind'];
  readonly label: string;
  readonly outcome: FailureOutcome;
  readonly work: FailureWork;
};

function describe(book: FailureBook, failing: Failing): NodeFailure {
  const { id, root, kind, label, outcome, work } = failing;
  let directUsd = 0;
  let stakeUsd = 0;
  let lossUsd = 0;
  const hurt: NodeFailure['accounts'] = [];
  const routeTo = new Map<string, string>();
  const isDirect = directlyOn(book, root);
  const routes = new Map<number, string>();
  for (const account of book.accounts) {
    const lost = (work.lost[account.node] ?? 0) * account.equityUsd;
    if (!(lost > 0)) continue;
    const direct = directStake(account, root, isDirect);
    directUsd += direct;
    stakeUsd += Math.max(direct, wholeStake(account, work));
    lossUsd += lost;
    const via = work.via[account.node] ?? -1;
    const route = routes.get(via) ?? routeOf(book, account.node, work);
    routes.set(via, route);
    routeTo.set(account.accountId, route);
    hurt.push({ accountId: account.accountId, lossUsd: lost });
  }
  hurt.sort((left, right) => right.lossUsd - left.lossUsd);
  return {
    id,
    kind,
    label,
    directUsd,
    throughUsd: Math.max(0, stakeUsd - directUsd),
    lossUsd:
      outcome.status === 'converged'
        ? lossUsd
        : { reason: 'notConverged', message: `the failure of ${label} had not come to rest after ${outcome.rounds} rounds` },
    accounts: hurt,
    rounds: outcome.rounds,
    path: pathInWords(hurt, routeTo),
  };
}

/** Nodes that are the failed one, or wholly issued or run by it. */
function directlyOn({ graph }: FailureBook, root: number): Uint8Array {
  const isDirect = new Uint8Array(graph.count);
  isDirect[root] = 1;
  for (let node = 0; node < graph.count; node += 1)
    for (let e = graph.start[node] ?? 0; e < (graph.start[node + 1] ?? 0); e += 1)
      if (graph.target[e] === root && (graph.share[e] ?? 0) >= 1 && graph.attachment[e] === 0) isDirect[node] = 1;
  return isDirect;
}

/** What an account keeps at the failed node, or holds of what it issues or runs. */
function directStake(account: FailureAccount, root: number, isDirect: Uint8Array): number {
  let issued = 0;
  for (const [asset, usd] of account.holdings) if (isDirect[asset] === 1) issued += usd;
  return Math.max(
    issued,
    account.venueNode === root || account.siteNode === root ? account.equityUsd : 0,
    account.penalties.get(root) ?? 0,
  );
}

/** Everything of an account that is hit, before its limited liability. */
function wholeStake(account: FailureAccount, { lost }: FailureWork): number {
  let held = 0;
  for (const [asset, usd] of account.holdings) held += usd * (lost[asset] ?? 0);
  return Math.max(held, account.equityUsd * (lost[account.siteNode] ?? 0));
}

/** Labels from the failed node to just before the account. */
function routeOf({ ids, labels }: FailureBook, account: number, { via }: FailureWork): string {
  const route: string[] = [];
  const seen = new Set([account]);
  for (let node = via[account] ?? -1; node >= 0 && !seen.has(node); node = via[node] ?? -1) {
    seen.add(node);
    route.unshift(labels.get(ids[node] ?? '') ?? '');
  }
  return route.join(' → ');
}

/** Routes that a row names; the rest is counted. */
const MOST_ROUTES = 2;

/** 'Lido → wstETH → AAV-CORE, AAV-LOOP and MRP-1; Lido → wstETH → KEEL → MRP-2'. */
function pathInWords(hurt: NodeFailure['accounts'], routeTo: ReadonlyMap<string, string>): string {
  const byRoute = new Map<string, string[]>();
  for (const { accountId } of hurt) {
    const route = routeTo.get(accountId) ?? '';
    if (byRoute.get(route)?.push(accountId) === undefined) byRoute.set(route, [accountId]);
  }
  const routes = [...byRoute].map(([route, accountIds]) => `${route} → ${listingOfFew(accountIds)}`);
  const more = routes.length - MOST_ROUTES;
  return [...routes.slice(0, MOST_ROUTES), ...(more > 0 ? [`${more} more ways`] : [])].join('; ').replace('1 more ways', '1 more way');
}

type Column = { readonly id: string; readonly label: string; readonly lostByNode: Float64Array };

function exposureMatrix(run: EngineRun, book: FailureBook, columns: readonly Column[]): Omit<FailureTable, 'failures'> {
  let held = 0;
  let crossing = 0;
  const rows = run.inputs.contents.venues.flatMap((venue) => {
    const here = book.accounts.filter((account) => account.venueId === venue.id);
    const byAsset = new Map<number, number>();
    for (const { holdings } of here) for (const [asset, usd] of holdings) byAsset.set(asset, (byAsset.get(asset) ?? 0) + usd);
    const heldUsd = [...byAsset.values()].reduce((sum, usd) => sum + usd, 0);
    if (heldUsd === 0) return [];
    const valueUsd = columns.map((column) =>
      column.id === `venue:${venue.id}`
        ? heldUsd
        : [...byAsset].reduce((sum, [asset, usd]) => sum + usd * (column.lostByNode[asset] ?? 0), 0),
    );
    held += heldUsd;
    for (const [asset, usd] of byAsset) {
      const elsewhere = columns.reduce((sum, column) => sum + (column.id === `venue:${venue.id}` ? 0 : (column.lostByNode[asset] ?? 0)), 0);
      crossing += usd * Math.min(1, elsewhere);
    }
    return [{ venueId: venue.id, venueName: venue.name, heldUsd, valueUsd, concentration: concentration(valueUsd) }];
  });
  const kept = columns.map((_, at) => rows.some((row) => (row.valueUsd[at] ?? 0) > 0));
  return {
    exposures: {
      protocols: columns.filter((_, at) => kept[at]).map(({ id, label }) => ({ id, label })),
      rows: rows.map((row) => ({ ...row, valueUsd: row.valueUsd.filter((_, at) => kept[at]) })),
    },
    crossProtocolFraction: held > 0 ? crossing / held : NaN,
  };
}

/** Herfindahl-Hirschman index: Σ share². */
function concentration(values: readonly number[]): number | null {
  const total = values.reduce((sum, value) => sum + value, 0);
  return total > 0
    ? Math.min(
        1,
        values.reduce((sum, value) => sum + (value / total) ** 2, 0),
      )
    : null;
}
