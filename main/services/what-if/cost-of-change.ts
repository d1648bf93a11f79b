import type { Cell } from '../../contract/cell.ts';
import type { BookContents } from '../../domain/book.ts';
import { addDecimal, compareDecimal, negateDecimal } from '../../domain/decimal.ts';
import { fail } from '../../domain/failure.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { Listing } from '../../domain/snapshot.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';

/**
 * What the way from one book to another costs at the snapshot's quotes, USD: half the spread and the venue's fee for every
 * contract traded, gas for every other row that changes. A contract without bid or ask makes it a named failure, since a cost
 * that is not known is not zero.
 */
export function costOfChange({ contents, snapshot, scenarioSet }: AnalysisInputs, wanted: BookContents): Cell {
  const listings = new Map(snapshot.listings.map((listing) => [listing.instrument.id, listing]));
  const instruments = new Map([...contents.instruments, ...wanted.instruments].map((each) => [each.id, each]));
  let costUsd = 0;
  for (const [key, change] of changes(contents, wanted)) {
    const { accountId, instrumentId } = JSON.parse(key) as { accountId: string; instrumentId: string };
    const instrument = instruments.get(instrumentId);
    if (instrument === undefined || !('underlyingId' in instrument)) {
      costUsd += scenarioSet.gasUsd;
      continue;
    }
    const unitUsd = unitCostUsd(instrument, listings.get(instrumentId), feesOf(wanted, accountId));
    if (unitUsd === null) return missing(instrument);
    costUsd += Math.abs(Number(change)) * unitUsd;
  }
  return costUsd;
}

function missing(instrument: Instrument): Cell {
  const named = fail('missingPrice', `${instrument.name}: no bid and ask, so the cost of trading it is not known`);
  return named.ok ? 0 : named.failure;
}

/** Change of quantity by row, those without one left out. */
function changes(from: BookContents, to: BookContents): ReadonlyMap<string, string> {
  const sum = new Map<string, string>();
  const add = (accountId: string, instrumentId: string, quantity: string): void => {
    const key = JSON.stringify({ accountId, instrumentId });
    sum.set(key, addDecimal(sum.get(key) ?? '0', quantity));
  };
  for (const row of to.positions) add(row.accountId, row.instrumentId, row.quantity);
  for (const row of from.positions) add(row.accountId, row.instrumentId, negateDecimal(row.quantity));
  return new Map([...sum].filter(([, quantity]) => compareDecimal(quantity, '0') !== 0));
}

type Fees = { readonly contract: number; readonly option: number; readonly optionCap: number };

function feesOf({ accounts, venues }: BookContents, accountId: string): Fees {
  const venueId = accounts.find((account) => account.id === accountId)?.venueId;
  const parameters = venues.find((venue) => venue.id === venueId)?.parameters;
  const contract =
    parameters?.family === 'tieredPerpetual'
      ? parameters.takerFeeFraction
      : parameters !== undefined && 'futureFeeFraction' in parameters
        ? parameters.futureFeeFraction
        : 0;
  const hasOptions = parameters !== undefined && 'optionFeeFraction' in parameters;
  return {
    contract,
    option: hasOptions ? parameters.optionFeeFraction : 0,
    optionCap: hasOptions ? parameters.optionFeeCapFraction : 0,
  };
}

/** Half spread and fee of one unit; null without a market on both sides. */
function unitCostUsd(contract: Extract<Instrument, { underlyingId: string }>, listing: Listing | undefined, fees: Fees): number | null {
  if (listing === undefined || listing.bid === null || listing.ask === null || !(listing.ask > 0)) return null;
  const { bid, ask, underlyingPriceUsd } = listing;
  const size = Number(contract.contractSize);
  if (contract.kind === 'option') {
    const quoteUsd = contract.settlement === 'inverse' ? underlyingPriceUsd : 1;
    return ((ask - bid) / 2) * quoteUsd * size + Math.min(fees.option * underlyingPriceUsd, fees.optionCap * ask * quoteUsd) * size;
  }
  const mid = (bid + ask) / 2;
  const unitUsd = contract.settlement === 'inverse' ? size : size * mid;
  return unitUsd * ((ask - bid) / 2 / mid + fees.contract);
}
