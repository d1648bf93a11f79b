import type { AccountResult, AnalysisResult, PositionResult } from '../../../main/contract/analysis.ts';
import type { BookContents } from '../../../main/domain/book.ts';
import type { Instrument, InstrumentKind } from '../../../main/domain/instrument.ts';
import type { Failure } from '../../../main/domain/failure.ts';
import { isFailure } from '../../format/failure.ts';

export type Grouping = 'account' | 'underlying' | 'flat';
type Amount = number | Failure | null;

/** What a row of the book's grid shows. A group row and the total carry sub-totals; a position its own values. */
export type BookRow = {
  readonly id: string;
  readonly level: 'position' | 'group' | 'total';
  readonly groupId: string | null;
  readonly label: string;
  readonly venueMark: string | null;
  /** Positions under a group, as words: `58`, `3 of 58`. */
  readonly countWords: string;
  readonly accountId: string | null;
  readonly positionId: string | null;
  readonly kind: InstrumentKind | null;
  readonly quantity: string | null;
  readonly mark: Amount;
  readonly markUnit: string;
  readonly impliedVolatility: Amount;
  readonly valueUsd: Amount;
  readonly valueCoin: Amount;
  readonly deltaCoin: Amount;
  readonly gammaUsdPerPercent: Amount;
  readonly vegaUsdPerPoint: Amount;
  readonly thetaUsdPerDay: Amount;
  readonly requirementUsd: Amount;
  /** The account's requirement is judged whole, not by position. */
  readonly isPooled: boolean;
  readonly useFraction: Amount;
  readonly lookThroughUsd: Amount;
  /** The parts of the look-through, USD by base or stable asset; put into words only where they are shown. */
  readonly lookThroughParts: Readonly<Record<string, number>> | null;
  readonly jointMove: number | null;
  readonly hasRequirement: boolean;
  readonly state: AccountResult['state'];
  readonly isStale: boolean;
  readonly ageMs: number;
  readonly source: string | null;
  /** The book holds another quantity than the one that was valued. */
  readonly isEdited: boolean;
  /** A group whose positions are hidden. */
  readonly isFolded: boolean;
  /** There is an analysis of this row; before, its values are empty. */
  readonly isValued: boolean;
};

/** A position of the book with its values, where it has been analysed. */
export type BookLine = {
  readonly positionId: string;
  readonly kind: InstrumentKind;
  readonly underlying: string | null;
  readonly venueMark: string | null;
  readonly venueName: string;
  readonly accountId: string;
  readonly quantity: string;
  readonly label: string;
  readonly result: PositionResult | null;
  readonly account: AccountResult | null;
  /** Exposure through all claims to what can move against the dollar; null where there is none. */
  readonly lookThroughUsd: number | null;
};

/** Positions of the book joined with their analysis, in the book's order of accounts. */
export function bookLines(contents: BookContents, analysis: AnalysisResult | null): readonly BookLine[] {
  const results = new Map(analysis?.positions.map((result) => [result.positionId, result]));
  const accounts = new Map(analysis?.accounts.map((account) => [account.accountId, account]));
  const instruments = new Map(contents.instruments.map((instrument) => [instrument.id, instrument]));
  const venues = new Map(contents.venues.map((venue) => [venue.id, venue]));
  const stables = new Set(contents.assets.filter((asset) => asset.kind === 'stable').map((asset) => asset.id));
  const venueOf = new Map(contents.accounts.map((account) => [account.id, venues.get(account.venueId)]));
  return contents.positions.flatMap((position) => {
    const instrument = instruments.get(position.instrumentId);
    const venue = venueOf.get(position.accountId);
    const result = results.get(position.id) ?? null;
    return {
      positionId: position.id,
      kind: instrument?.kind ?? 'spot',
      underlying: instrument === undefined ? null : underlyingOf(instrument),
      venueMark: venue?.mark ?? null,
      venueName: venue?.name ?? '',
      accountId: position.accountId,
      quantity: position.quantity,
      label: instrument?.name ?? position.instrumentId,
      result,
      account: accounts.get(position.accountId) ?? null,
      lookThroughUsd: lookThroughUsd(result, stables),
    };
  });
}

/** What the instrument's price follows: the underlying of a contract, else the asset itself. */
function underlyingOf(instrument: Instrument): string {
  return 'underlyingId' in instrument ? instrument.underlyingId : instrument.assetId;
}

/** Rows of the grid: the chosen positions under their groups. */
export function bookRows(input: {
  readonly lines: readonly BookLine[];
  readonly chosen: readonly BookLine[];
  readonly grouping: Grouping;
  readonly collapsed: ReadonlySet<string>;
}): readonly BookRow[] {
  const { lines, chosen, grouping, collapsed } = input;
  if (grouping === 'flat') return chosen.map((line) => positionRow(line, null));
  const keyOf = (line: BookLine): string =>
    grouping === 'account' ? line.accountId : (line.result?.underlying ?? line.underlying ?? 'No underlying');
  const whole = Map.groupBy(lines, keyOf);
  return [...Map.groupBy(chosen, keyOf)].flatMap(([key, members]) => {
    const all = whole.get(key) ?? members;
    const head = grouping === 'account' ? accountRow(key, all, members.length) : underlyingRow(key, all, members.length);
    return collapsed.has(head.id) ? [{ ...head, isFolded: true }] : [head, ...members.map((line) => positionRow(line, head.id))];
  });
}

/** The book's own row, pinned below. */
export function totalRow(lines: readonly BookLine[], analysis: AnalysisResult): BookRow {
  const { totals } = analysis;
  const nearest = analysis.accounts.find((account) => account.accountId === totals.nearestAccountId);
  return {
    ...sums(lines),
    id: 'total',
    level: 'total',
    label: 'Book',
    venueMark: 'ALL',
    countWords: String(lines.length),
    valueUsd: totals.equityUsd,
    deltaCoin: null,
    requirementUsd: totals.requirementUsd,
    useFraction: totals.useFraction,
    jointMove: totals.nearestJointMove,
    hasRequirement: nearest !== undefined,
    state: nearest?.state ?? 'none',
  };
}

function accountRow(accountId: string, lines: readonly BookLine[], shownCount: number): BookRow {
  const account = lines[0]?.account ?? null;
  return {
    ...sums(lines),
    id: `account ${accountId}`,
    level: 'group',
    label: accountId,
    venueMark: lines[0]?.venueMark ?? null,
    countWords: countWords(shownCount, lines.length),
    accountId,
    valueUsd: account?.equityUsd ?? null,
    requirementUsd: account?.maintenanceRequirementUsd ?? null,
    useFraction: account?.useFraction ?? null,
    jointMove: account?.jointMove ?? null,
    hasRequirement: account !== null && account.maintenanceRequirementUsd !== null,
    state: account?.state ?? 'none',
  };
}

function underlyingRow(underlying: string, lines: readonly BookLine[], shownCount: number): BookRow {
  return {
    ...sums(lines),
    id: `underlying ${underlying}`,
    level: 'group',
    label: underlying,
    countWords: countWords(shownCount, lines.length),
    valueUsd: sumOf(lines, (result) => result.valueUsd),
  };
}

function countWords(shownCount: number, allCount: number): string {
  return shownCount === allCount ? String(allCount) : `${shownCount} of ${allCount}`;
}

const blank: Omit<BookRow, 'id' | 'level' | 'label'> = {
  groupId: null,
  venueMark: null,
  countWords: '',
  accountId: null,
  positionId: null,
  kind: null,
  quantity: null,
  mark: null,
  markUnit: 'USD',
  impliedVolatility: null,
  valueUsd: null,
  valueCoin: null,
  deltaCoin: null,
  gammaUsdPerPercent: null,
  vegaUsdPerPoint: null,
  thetaUsdPerDay: null,
  requirementUsd: null,
  isPooled: false,
  useFraction: null,
  lookThroughUsd: null,
  lookThroughParts: null,
  jointMove: null,
  hasRequirement: false,
  state: 'none',
  isStale: false,
  ageMs: 0,
  source: null,
  isEdited: false,
  isFolded: false,
  isValued: false,
};

/** Rows are kept by line, so that a filter or a fold gives the grid the same objects again and nothing is drawn twice. */
const known = new WeakMap<BookLine, BookRow>();

function positionRow(line: BookLine, groupId: string | null): BookRow {
  const former = known.get(line);
  if (former !== undefined && former.groupId === groupId) return former;
  const row = newPositionRow(line, groupId);
  known.set(line, row);
  return row;
}

function newPositionRow(line: BookLine, groupId: string | null): BookRow {
  const { result, account } = line;
  const shared = {
    ...blank,
    id: line.positionId,
    level: 'position',
    groupId,
    label: line.label,
    accountId: line.accountId,
    positionId: line.positionId,
    quantity: line.quantity,
    kind: line.kind,
  } as const;
  if (result === null) return shared;
  return {
    ...shared,
    isValued: true,
    mark: result.mark,
    markUnit: result.markUnit,
    impliedVolatility: result.impliedVolatility,
    valueUsd: result.valueUsd,
    valueCoin: result.valueCoin,
    deltaCoin: result.deltaCoin,
    gammaUsdPerPercent: result.gammaUsdPerPercent,
    vegaUsdPerPoint: result.vegaUsdPerPoint,
    thetaUsdPerDay: result.thetaUsdPerDay,
    requirementUsd: result.requirementUsd,
    isPooled: result.requirementUsd === null && account !== null && account.maintenanceRequirementUsd !== null,
    lookThroughUsd: line.lookThroughUsd,
    lookThroughParts: result.lookThroughUsd,
    jointMove: account?.jointMove ?? null,
    hasRequirement: account !== null && account.maintenanceRequirementUsd !== null,
    state: account?.state ?? 'none',
    isStale: result.isStale,
    ageMs: result.ageMs,
    source: result.source,
    isEdited: result.quantity !== line.quantity,
  };
}

/** A dollar owed or held is no exposure: stables stand in the parts, not in the sum. */
function lookThroughUsd(result: PositionResult | null, stables: ReadonlySet<string>): number | null {
  let sum: number | null = null;
  for (const asset in result?.lookThroughUsd) {
    if (!stables.has(asset)) sum = (sum ?? 0) + (result.lookThroughUsd[asset] ?? 0);
  }
  return sum;
}

/** The parts of a row's look-through in words: `ETH 12,300 USD, USDC 500 USD`; null where there is none. */
export function lookThroughWords(row: BookRow): string | null {
  const entries = Object.entries(row.lookThroughParts ?? {});
  if (entries.length === 0) return null;
  return entries.map(([asset, amountUsd]) => `${asset} ${Math.round(amountUsd).toLocaleString('en-US')} USD`).join(', ');
}

/** Sub-totals that make sense for any set of positions. A coin delta only where all are of one coin. */
function sums(lines: readonly BookLine[]): typeof blank {
  const underlyings = new Set(lines.flatMap((line) => line.result?.underlying ?? []));
  return {
    ...blank,
    deltaCoin: underlyings.size === 1 ? sumOf(lines, (result) => result.deltaCoin) : null,
    gammaUsdPerPercent: sumOf(lines, (result) => result.gammaUsdPerPercent),
    vegaUsdPerPoint: sumOf(lines, (result) => result.vegaUsdPerPoint),
    thetaUsdPerDay: sumOf(lines, (result) => result.thetaUsdPerDay),
    lookThroughUsd: lines.reduce<number | null>(
      (sum, line) => (line.lookThroughUsd === null ? sum : (sum ?? 0) + line.lookThroughUsd),
      null,
    ),
  };
}

/** Sum of the numbers there are; null when there is none, so that nothing looks like a zero that is not. */
function sumOf(lines: readonly BookLine[], pick: (result: PositionResult) => Amount): number | null {
  let sum: number | null = null;
  for (const line of lines) {
    const amount = line.result === null ? null : pick(line.result);
    if (amount !== null && !isFailure(amount)) sum = (sum ?? 0) + amount;
  }
  return sum;
}
