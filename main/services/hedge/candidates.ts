import { POSITION_KIND } from '../../engine/packed/packed-book.ts';
import type { PackResult } from '../pack.ts';
import { UNIT_VALUE, UNIT_VALUES, positionRequirement, valueUnit } from '../../engine/packed/position-value.ts';
import { hedgeAssumptions } from './assumptions.ts';
import type { HedgeBook } from './hedge-book.ts';
import type { Proposal, RowKey } from './proposal.ts';

/** A proposal with its rows in the packed book and its price now. Per unit, USD. */
export type Candidate = Proposal & {
  readonly targetRow: number;
  readonly payerRow: number;
  readonly targetAccount: number;
  readonly payerAccount: number;
  /** Units of the paying holding that one unit takes (negative) or brings. */
  readonly payerUnits: number;
  readonly costUsd: number;
  /** What one unit of the target is worth to equity: premium of an option, amount of a cash action, profit since entry of a future. */
  readonly valueUsd: number;
  readonly notionalUsd: number;
  readonly isOption: boolean;
  /** Maintenance and initial requirement of one unit by itself, now. */
  readonly requirementUsd: number;
  readonly initialRequirementUsd: number;
  /** Whole step in units; `lotText` is the decimal text of the smallest order. */
  readonly step: number;
  readonly lotText: string;
  /** Most units, by what is owed or held, and by depth. */
  readonly upper: number;
};

/** Rows that the book does not have yet, in a fixed order: packing adds them with quantity zero. */
export function missingRows(book: HedgeBook, proposals: readonly Proposal[]): readonly RowKey[] {
  const known = new Set(book.contents.positions.map((position) => rowName(position)));
  const missing: RowKey[] = [];
  for (const { target } of proposals) {
    if (known.has(rowName(target))) continue;
    known.add(rowName(target));
    missing.push(target);
  }
  return missing;
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
export function priceProposals(pack: PackResult, found: { proposals: readonly Proposal[]; rows: ReadonlyMap<string, number> }): readonly Candidate[] {
  return found.proposals.flatMap((proposal) => {
    const targetRow = found.rows.get(rowName(proposal.target));
    const payerRow = found.rows.get(rowName(proposal.payer));
    if (targetRow === undefined || payerRow === undefined || targetRow === payerRow) return [];
    const candidate = priced(pack, proposal, { targetRow, payerRow });
    return candidate === null ? [] : [candidate];
  });
}

function priced(pack: PackResult, proposal: Proposal, rows: { targetRow: number; payerRow: number }): Candidate | null {
  const { packed } = pack;
  const { positions } = packed;
  if (positions.isUnpriced[rows.targetRow] === 1 || positions.isUnpriced[rows.payerRow] === 1) return null;
  const unit = new Float64Array(UNIT_VALUES);
  const requirement = new Float64Array(2);
  valueUnit(packed, rows.payerRow, packed.initial, unit);
  const payerPriceUsd = unit[UNIT_VALUE.valueUsd]!;
  valueUnit(packed, rows.targetRow, packed.initial, unit);
  const valueUsd = unit[UNIT_VALUE.valueUsd]!;
  const notionalUsd = unit[UNIT_VALUE.notionalUsd]!;
  positionRequirement(packed, rows.targetRow, proposal.isReducing ? -proposal.sign : proposal.sign, packed.initial, unit, requirement);
  const costUsd = proposal.cost.kind === 'usd' ? proposal.cost.value : proposal.cost.value * valueUsd;
  if (!(payerPriceUsd > 0) || !(notionalUsd > 0) || !Number.isFinite(costUsd)) return null;
  const lot = proposal.lot === null ? 0 : Number(proposal.lot);
  const step = niceStep(notionalUsd, lot);
  const upper = Math.min(proposal.most, proposal.depth?.units ?? Number.POSITIVE_INFINITY, hedgeAssumptions.mostLegUsd / notionalUsd);
  return {
    ...proposal,
    ...rows,
    targetAccount: positions.account[rows.targetRow]!,
    payerAccount: positions.account[rows.payerRow]!,
    payerUnits: -(proposal.sign * valueUsd + costUsd) / payerPriceUsd,
    costUsd,
    valueUsd,
    notionalUsd,
    isOption: positions.kind[rows.targetRow]! >= POSITION_KIND.linearOption,
    requirementUsd: requirement[0]!,
    initialRequirementUsd: requirement[1]!,
    step,
    // Cash may be cut to thousandths of its usual step.
    lotText: proposal.lot ?? decimalStep(step / 1000),
    upper,
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

/** Quantities of every packed position after doing each candidate in its amount. */
export function quantitiesAfter(pack: PackResult, candidates: readonly Candidate[], amounts: ArrayLike<number>): Float64Array {
  const quantity = pack.packed.positions.quantity.slice();
  candidates.forEach((candidate, index) => {
    const amount = amounts[index] ?? 0;
    if (amount === 0) return;
    quantity[candidate.targetRow] = quantity[candidate.targetRow]! + candidate.sign * amount;
    // Gas is paid once, from the same purse.
    const gasUnits = candidate.gasUsd > 0 ? (candidate.gasUsd * candidate.payerUnits) / (candidate.valueUsd + candidate.costUsd) : 0;
    quantity[candidate.payerRow] = quantity[candidate.payerRow]! + candidate.payerUnits * amount + gasUnits;
  });
  return quantity;
}

/** One name per row of the book. */
export function rowName(row: RowKey): string {
  return `${row.accountId}|${row.instrumentId}`;
}
