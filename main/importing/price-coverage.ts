import type { Asset } from '../domain/asset.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { termsKey, type Directory } from './directory.ts';
import type { PositionDraft } from './layout/layout-reader.ts';

/** Longest chain of claims on claims that is followed. */
const DEEPEST_CLAIM = 16;

/**
 * Adds up how much of what is read has a price in a snapshot. A position's gross value is its price times its size, USD; one
 * without a price counts with its entry price where it has one, and only there does the share say less than it could. An
 * instrument is priced when it is listed, or when its asset is quoted or backed by what is quoted.
 */
export class PriceCoverage {
  rows = 0;
  #pricedUsd = 0;
  #unpricedUsd = 0;
  readonly #directory: Directory;
  readonly #quotes: ReadonlyMap<string, number>;
  readonly #listed: ReadonlyMap<string, number>;
  readonly #unitUsd = new Map<string, number | null>();

  constructor(snapshot: Snapshot | null, directory: Directory) {
    this.#directory = directory;
    this.#quotes = new Map(snapshot?.quotes.map((quote) => [quote.assetId, quote.priceUsd]));
    const listed = new Map<string, number>();
    for (const { instrument, mark, underlyingPriceUsd } of snapshot?.listings ?? []) {
      if (mark === null) continue;
      const isInCoin = instrument.kind === 'option' && instrument.settlement === 'inverse';
      listed.set(termsKey(instrument), isInCoin ? mark * underlyingPriceUsd : mark);
    }
    this.#listed = listed;
  }

  /** Counts a position that `rows` rows of the file make up. */
  add(draft: PositionDraft, rows: number): void {
    const instrument = this.#directory.instrument(draft.instrumentId);
    if (!instrument) return;
    const unitUsd = this.#unit(instrument);
    const size = Math.abs(Number(draft.quantity)) * ('contractSize' in instrument ? Number(instrument.contractSize) : 1);
    const isInDollars = 'settlement' in instrument && instrument.settlement === 'inverse' && instrument.kind !== 'option';
    if (unitUsd !== null) {
      this.rows += rows;
      this.#pricedUsd += isInDollars ? size : size * unitUsd;
    } else if (isInDollars) this.#unpricedUsd += size;
    else this.#unpricedUsd += size * this.#entryUsd(instrument, Number(draft.entryPrice ?? 0));
  }

  /** Share of the gross value that is priced; 1 when there is no value at all and every row is priced. */
  pricedValueFraction(acceptedRows: number): number {
    const total = this.#pricedUsd + this.#unpricedUsd;
    if (total > 0) return Math.min(1, this.#pricedUsd / total);
    return this.rows === acceptedRows ? 1 : 0;
  }

  #unit(instrument: Instrument): number | null {
    const known = this.#unitUsd.get(instrument.id);
    if (known !== undefined) return known;
    const isContract = 'underlyingId' in instrument;
    const unit =
      this.#listed.get(termsKey(instrument)) ??
      (instrument.kind === 'option' ? null : this.#asset(isContract ? instrument.underlyingId : instrument.assetId, 0));
    this.#unitUsd.set(instrument.id, unit);
    return unit;
  }

  #asset(assetId: string, depth: number): number | null {
    const quoted = this.#quotes.get(assetId);
    if (quoted !== undefined) return quoted;
    const asset: Asset | undefined = this.#directory.asset(assetId);
    if (!asset || asset.backing.length === 0 || depth === DEEPEST_CLAIM) return null;
    let sum = 0;
    for (const part of asset.backing) {
      const unit = this.#asset(part.assetId, depth + 1);
      if (unit === null) return null;
      sum += unit * Number(part.quantityPerUnit);
    }
    return sum;
  }

  #entryUsd(instrument: Instrument, entryPrice: number): number {
    const isInCoin = instrument.kind === 'option' && instrument.settlement === 'inverse';
    return isInCoin ? entryPrice * (this.#asset(instrument.underlyingId, 0) ?? 0) : entryPrice;
  }
}
