import { constantProductLaw } from './constant-product-law.ts';
import { RECORD_FORM, recordedProceeds, recordedShare, type MarketRecords } from './market-records.ts';
import type { LawParameters, PriceLaw } from './price-law.ts';

/**
 * Every market along its own record: down an order book's levels or through a pool's ticks, by what has been sold since the shock, Q. What
 * thins the market thins every level and range alike. A market without a record follows the constant product.
 */
export const recordedLaw: PriceLaw = {
  averageShare: (parameters: LawParameters, market: number, reserve: number, position: number, sold: number) => {
    const { records } = parameters;
    if (!hasRecord(records, market)) return constantProductLaw.averageShare(parameters, market, reserve, position, sold);
    if (sold === 0) return 1;
    const depth = reserve - position;
    const [from, to] = [position / depth, (position + sold) / depth];
    const proceeds = from < to ? recordedProceeds(records, market, from, to) : recordedProceeds(records, market, to, from);
    return proceeds / (Math.abs(to - from) * recordedShare(records, market, from));
  },
  marginalShare: (parameters: LawParameters, market: number, reserve: number, position: number, sold: number) => {
    const { records } = parameters;
    if (!hasRecord(records, market)) return constantProductLaw.marginalShare(parameters, market, reserve, position, sold);
    if (sold === 0) return 1;
    const depth = reserve - position;
    return recordedShare(records, market, (position + sold) / depth) / recordedShare(records, market, position / depth);
  },
};

function hasRecord(records: MarketRecords | undefined, market: number): records is MarketRecords {
  return records !== undefined && records.form[market] !== RECORD_FORM.none;
}
