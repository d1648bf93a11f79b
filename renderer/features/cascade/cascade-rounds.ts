import type { AnalysisResult, CascadeResult } from '../../../main/contract/analysis.ts';
import { fixed, THIN_SPACE } from '../../format/number.ts';

/** One card of the timeline: amounts in USD, bars as shares of the largest of their own kind. */
export type RoundCard = {
  readonly round: number;
  readonly title: string;
  readonly crowdSoldUsd: number;
  readonly mineSoldUsd: number;
  readonly crowdShare: number;
  readonly mineShare: number;
  readonly crowdAccounts: number;
  /** The book's accounts that fall in it. */
  readonly fallen: readonly string[];
  /** The last round of a cascade that came to rest. */
  readonly isSettled: boolean;
};

/** Cards of a cascade, the shock first. Crowd and own sales are each drawn on their own scale. */
export function roundCards(cascade: CascadeResult): readonly RoundCard[] {
  const largestCrowd = Math.max(0, ...cascade.rounds.map((round) => round.crowdSoldUsd));
  const largestMine = Math.max(0, ...cascade.rounds.map((round) => round.mineSoldUsd));
  return cascade.rounds.map((round, index) => ({
    round: round.round,
    title: round.round === 0 ? 'Shock' : `Round ${round.round}`,
    crowdSoldUsd: round.crowdSoldUsd,
    mineSoldUsd: round.mineSoldUsd,
    crowdShare: largestCrowd === 0 ? 0 : round.crowdSoldUsd / largestCrowd,
    mineShare: largestMine === 0 ? 0 : round.mineSoldUsd / largestMine,
    crowdAccounts: round.crowdAccounts,
    fallen: round.fallen,
    isSettled: cascade.hasConverged && index > 0 && index === cascade.rounds.length - 1,
  }));
}

/** Amount under a bar, USD, in at most four figures: `212 M`, `3.5 M`, `840 k`; a dash for nothing. */
export function soldShort(amountUsd: number): string {
  if (amountUsd === 0) return '–';
  const [scaled, unit] = amountUsd >= 1e6 ? [amountUsd / 1e6, 'M'] : [amountUsd / 1e3, 'k'];
  return `${fixed(scaled, scaled >= 100 ? 0 : 1)}${THIN_SPACE}${unit}`;
}

/** Relative path of one price: 0 before the shock, then after each round. */
export type PricePath = { readonly id: string; readonly label: string; readonly points: readonly number[]; readonly isRelative: boolean };

type Known = Pick<AnalysisResult, 'drivers' | 'network'>;

/** Below this a path is flat and only covers the others. */
const VISIBLE_MOVE = 1e-4;

/**
 * Paths of the drivers in USD, of claims that rest on one driver against it (wstETH/ETH), so that a discount is seen by itself, and of
 * other claims in USD. One that does not move is left out, and at most six paths are drawn, the largest moves first.
 */
export function pricePaths(cascade: CascadeResult, known: Known): readonly PricePath[] {
  const driverIds = new Set(known.drivers.map((driver) => driver.assetId));
  const drivers = known.drivers.flatMap((driver): PricePath[] => {
    if (driver.priceUsd <= 0) return [];
    const points = cascade.rounds.map((round) => (round.pricesUsd[driver.assetId] ?? driver.priceUsd) / driver.priceUsd - 1);
    return [{ id: driver.assetId, label: driver.assetId, points: [0, ...points], isRelative: false }];
  });
  const claims = Object.keys(cascade.rounds[0]?.pricesUsd ?? {})
    .filter((assetId) => !driverIds.has(assetId) && !isAnotherName(assetId, cascade, driverIds))
    .flatMap((assetId) => claimPath(assetId, cascade, baseDriver(assetId, known, driverIds)))
    .filter((path) => path.points.some((point) => Math.abs(point) > VISIBLE_MOVE))
    .toSorted((a, b) => Math.max(...b.points.map(Math.abs)) - Math.max(...a.points.map(Math.abs)) || (a.id < b.id ? -1 : 1));
  return [...drivers, ...merged(claims)].slice(0, 6);
}

/** Claims that move as one (a wrapper and what it wraps) share a line. */
function merged(paths: readonly PricePath[]): readonly PricePath[] {
  const lines: PricePath[] = [];
  for (const path of paths) {
    const index = lines.findIndex(
      (line) => line.isRelative === path.isRelative && line.points.every((point, at) => Math.abs(point - (path.points[at] ?? 0)) < 1e-6),
    );
    const line = lines[index];
    if (line === undefined) lines.push(path);
    else lines[index] = { ...line, id: `${line.id} ${path.id}`, label: `${line.label.split('/')[0] ?? line.id}, ${path.label}` };
  }
  return lines;
}

function claimPath(assetId: string, cascade: CascadeResult, driver: string | null): PricePath[] {
  const ratios = cascade.rounds.map((round) => {
    const own = round.pricesUsd[assetId];
    const base = driver === null ? 1 : round.pricesUsd[driver];
    return own === undefined || base === undefined || base <= 0 ? null : own / base;
  });
  const before = cascade.pricesBeforeUsd;
  const start = (before[assetId] ?? 0) / (driver === null ? 1 : (before[driver] ?? 0));
  if (!(start > 0 && start < Infinity)) return [];
  const points = ratios.map((ratio) => (ratio === null ? 0 : ratio / start - 1));
  return [{ id: assetId, label: driver === null ? assetId : `${assetId}/${driver}`, points: [0, ...points], isRelative: driver !== null }];
}

/** The one driver that a claim wholly rests on, through other claims; null when it rests on several, or on anything else. */
function baseDriver(assetId: string, { network }: Known, drivers: ReadonlySet<string>): string | null {
  const bare = (nodeId: string): string => (nodeId.startsWith('asset:') ? nodeId.slice('asset:'.length) : nodeId);
  const backing = network.edges
    .filter((edge) => edge.kind === 'backs' || edge.kind === 'lends')
    .map((edge) => ({ from: bare(edge.from), to: bare(edge.to) }));
  const seen = new Set<string>();
  const found = new Set<string>();
  const open = [assetId];
  for (let claim = open.pop(); claim !== undefined; claim = open.pop()) {
    if (seen.has(claim)) continue;
    seen.add(claim);
    const below = drivers.has(claim) ? [] : backing.filter((edge) => edge.to === claim).map((edge) => edge.from);
    if (below.length === 0) found.add(claim);
    else open.push(...below);
  }
  const [only] = found;
  return found.size === 1 && only !== undefined && drivers.has(only) ? only : null;
}

/** Whether an asset keeps its ratio to a driver through every round: a plain wrapper that has no path of its own. */
function isAnotherName(assetId: string, cascade: CascadeResult, drivers: ReadonlySet<string>): boolean {
  return [...drivers].some((driver) => {
    const ratios = cascade.rounds.map((round) => (round.pricesUsd[assetId] ?? 0) / (round.pricesUsd[driver] ?? 1));
    return ratios.every((ratio) => ratio > 0 && Math.abs(ratio / (ratios[0] ?? ratio) - 1) < VISIBLE_MOVE);
  });
}

/** Words of the x axis of the price paths: now, the shock, then the rounds. */
export function pathStops(cascade: CascadeResult): readonly string[] {
  return ['now', ...cascade.rounds.map((round) => (round.round === 0 ? 'shock' : `round ${round.round}`))];
}
