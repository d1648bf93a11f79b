import type { DepthRecord } from '../../domain/depth-record.ts';
import { depthCurveKnots } from '../../engine/impact/law/depth-curve.ts';
import { joinRecords, RECORD_FORM, type MarketRecords, type RecordKnots } from '../../engine/impact/law/market-records.ts';
import { tickPoolKnots } from '../../engine/impact/law/tick-walk.ts';

/** A market with its record; undefined where there is none, or where several pools make the market and the record of one does not speak for all. */
export type RecordedMarket = { readonly reserve: number; readonly record: DepthRecord | undefined };

/** Records of all markets as columns over each market's reserve. */
export function packRecords(markets: readonly RecordedMarket[]): MarketRecords {
  return joinRecords(
    markets.map(({ reserve, record }) =>
      record === undefined ? null : { form: RECORD_FORM[record.form], knots: knotsOf(record), reserve },
    ),
  );
}

function knotsOf(record: DepthRecord): RecordKnots {
  if (record.form === 'depthCurve') {
    return depthCurveKnots(
      record.levels.map(({ fallFraction }) => fallFraction),
      record.levels.map(({ quantity }) => quantity),
    );
  }
  const { ranges, sqrtPriceX96, isToken0, decimals } = record;
  // Liquidity counts raw units; divided by a coin's worth of them its amounts come out in coins.
  const scaled = ranges.map(({ tickLower, tickUpper, liquidity }) => ({
    tickLower,
    tickUpper,
    liquidity: Number(liquidity) / 10 ** decimals,
  }));
  return tickPoolKnots(scaled, Number(sqrtPriceX96) / 2 ** 96, isToken0);
}
