import { priceCandidate } from '../../../engine/hedge/packed-candidate.ts';
import type { PackedCandidate, RowChange } from '../../../engine/hedge/packed-candidate.ts';
import { POSITION_KIND } from '../../../engine/packed/packed-book.ts';
import type { PackResult } from '../../pack.ts';
import { hedgeAssumptions } from '../assumptions.ts';
import type { HedgeBook } from '../hedge-book.ts';
import { carryUsd, type CarryGround } from './carry.ts';
import type { Proposal, RowKey } from './proposal.ts';

/** A proposal with its rows in the packed book, its price now, and its steps. */
export type Candidate = Proposal &
  PackedCandidate & {
    /** Whole step in units. */
    readonly step: number;
    /** Decimal text of the smallest order. */
    readonly lotText: string;
    /** What keeping one unit is expected to cost while the hedge is kept, USD. */
    readonly carryUsd: number;
    /** Most units, by what is owed or held, and by depth. */
    readonly upper: number;
  };

/** Rows that the book does not have yet, in a fixed order: packing adds them with quantity zero. */
export function missingRows(book: HedgeBook, proposals: readonly Proposal[]): readonly RowKey[] {
  const known = new Set(book.contents.positions.map((position) => rowName(position)));
  const missing: RowKey[] = [];
  for (const proposal of proposals) {
    for (const row of rowsOf(proposal)) {
      if (known.has(rowName(row))) continue;
      known.add(rowName(row));
      missing.push(row);
    }
  }
  return missing;
}

/** Every row of the book that a proposal changes. */
export function rowsOf({ target, payer, carries }: Proposal): readonly RowKey[] {
  return [target, payer, ...(carries === undefined ? [] : [carries.from, carries.to])];
}

/** Packed row of each row of the book; where a book holds an instrument twice in one account, the first one trades. */
export function packedRows(book: HedgeBook, pack: PackResult, extras: readonly RowKey[]): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  for (const position of book.contents.positions) {
    const row = pack.positionIndex.get(position.id);
    if (row !== undefined && !rows.has(rowName(position))) rows.set(rowName(position), row);
  }
  extras.forEach((extra, index) => {
    const row = pack.positionIndex.get(`extra:${index}`);
    if (row !== undefined) rows.set(rowName(extra), row);
  });
  return rows;
}

/** Prices the proposals at the snapshot. A proposal whose rows are unpriced, or that cannot be paid, is left out. */
export function priceProposals(
  ground: CarryGround,
  found: { proposals: readonly Proposal[]; rows: ReadonlyMap<string, number> },
): readonly Candidate[] {
  const { pack } = ground;
  return found.proposals.flatMap((proposal) => {
    const [targetRow, payerRow, fromRow, toRow] = rowsOf(proposal).map((row) => found.rows.get(rowName(row)));
    if (targetRow === undefined || payerRow === undefined || targetRow === payerRow) return [];
    if (proposal.carries !== undefined && (fromRow === undefined || toRow === undefined)) return [];
    const along = fromRow === undefined || toRow === undefined ? [] : alongRows(pack, { targetRow, fromRow, toRow });
    const candidate = priced(ground, proposal, { targetRow, payerRow, along });
    return candidate === null ? [] : [candidate];
  });
}

/** Collateral per unit of debt, as it stands behind the whole loan now. */
function alongRows({ packed }: PackResult, rows: { targetRow: number; fromRow: number; toRow: number }): readonly RowChange[] {
  const { positions, accounts, initial } = packed;
  const priceOf = (row: number): number => initial.priceUsd[positions.asset[row] ?? 0] ?? 0;
  const account = positions.account[rows.targetRow] ?? 0;
  let owedUsd = 0;
  for (let p = accounts.positionStart[account] ?? 0; p < (accounts.positionStart[account + 1] ?? 0); p += 1)
    if (positions.kind[p] === POSITION_KIND.debt) owedUsd -= (positions.quantity[p] ?? 0) * priceOf(p);
  const units = owedUsd > 0 ? ((positions.quantity[rows.fromRow] ?? 0) * priceOf(rows.targetRow)) / owedUsd : 0;
  return [
    { row: rows.fromRow, units: -units },
    { row: rows.toRow, units },
  ];
}

type Rows = { readonly targetRow: number; readonly payerRow: number; readonly along: readonly RowChange[] };

function priced(ground: CarryGround, proposal: Proposal, rows: Rows): Candidate | null {
  const isTrade = proposal.kind === 'trade';
  const terms = { ...proposal, ...rows, isTrade };
  const found = priceCandidate(ground.pack.packed, terms);
  if (found === null) return null;
  const step = niceStep(found.notionalUsd, proposal.lot === null ? 0 : Number(proposal.lot));
  return {
    ...proposal,
    ...found,
    step,
    carryUsd: carryUsd(ground, proposal, found),
    // Cash may be cut to thousandths of its usual step.
    lotText: proposal.lot ?? decimalStep(step / 1000),
    upper: Math.min(proposal.most, proposal.depth?.units ?? Number.POSITIVE_INFINITY, hedgeAssumptions.mostLegUsd / found.notionalUsd),
  };
}

/** The smallest power of ten of the lot that is worth about a step; of one unit where there is no lot. */
function niceStep(unitUsd: number, lot: number): number {
  const wanted = hedgeAssumptions.stepUsd / unitUsd;
  if (lot > 0) return lot * 10 ** Math.max(0, Math.floor(Math.log10(wanted / lot) + 1e-9));
  return 10 ** Math.floor(Math.log10(wanted) + 1e-9);
}

function decimalStep(step: number): string {
  return step >= 1 ? String(Math.round(step)) : step.toFixed(Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
}

/** One name per row of the book. */
export function rowName(row: RowKey): string {
  return `${row.accountId}|${row.instrumentId}`;
}
