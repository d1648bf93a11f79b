import type { CascadeResult, RecordedMarket } from '../../contract/analysis.ts';
import type { DepthRecord } from '../../domain/depth-record.ts';
import { STEEPER_BEYOND } from '../../engine/impact/law/depth-curve.ts';
import { RECORD_FORM } from '../../engine/impact/law/market-records.ts';
import type { CascadeRun } from '../analysis/cascade-result.ts';
import { figure, percent } from '../analysis/words.ts';

/** How far a cascade went along each market's record; nothing under a law that follows none. */
export function recordedMarkets({ inputs, pack, trace }: CascadeRun): Pick<CascadeResult, 'recordedMarkets'> {
  if (inputs.assumptions.impact?.law !== 'recorded') return {};
  const { depth } = pack.packed;
  const { form, recordedFrom, recordedTo } = depth.records;
  const markets = Array.from(depth.asset, (asset, market): RecordedMarket => {
    const assetId = pack.assetIds[asset] ?? '';
    const pools = inputs.snapshot.depth.filter((pool) => pool.assetId === assetId && pool.reserveQuantity > 0);
    const record = form[market] === RECORD_FORM.none ? undefined : pools[0]?.record;
    if (record === undefined) return withoutRecord(assetId, pools.length);
    const sold = (trace.mostSold[market] ?? 0) / (recordedTo[market] ?? 0);
    const bought = trace.mostBought[market] === 0 ? 0 : (trace.mostBought[market] ?? 0) / (recordedFrom[market] ?? 0);
    const usedFraction = Math.max(sold, bought);
    const sentence = usedFraction > 1 ? leftWords(assetId, record, usedFraction) : withinWords(assetId, record, usedFraction);
    return { assetId, form: record.form, usedFraction, sentence, source: record.source, asOf: record.asOf };
  });
  return { recordedMarkets: markets };
}

function withinWords(assetId: string, record: DepthRecord, usedFraction: number): string {
  return `${assetId} goes along ${recordWords(record)}; ${percent(usedFraction)} of it was used.`;
}

function leftWords(assetId: string, record: DepthRecord, usedFraction: number): string {
  const beyond =
    record.form === 'depthCurve'
      ? `the price begins to fall ${STEEPER_BEYOND} times as fast as where the book is thinnest, which is an assumption`
      : 'nobody buys';
  return `${assetId} left its record, ${figure(usedFraction, 1)} times over: beyond ${recordWords(record)} ${beyond}.`;
}

function recordWords(record: DepthRecord): string {
  return record.form === 'depthCurve'
    ? `the order book recorded to a fall of ${percent(record.levels.at(-1)?.fallFraction ?? 0)}`
    : 'the ticks of its pool';
}

function withoutRecord(assetId: string, pools: number): RecordedMarket {
  const why = pools > 1 ? `is made of ${pools} pools, of which no record speaks for all` : 'has no record';
  return {
    assetId,
    form: 'none',
    usedFraction: null,
    sentence: `${assetId} ${why}: constant product.`,
    source: 'constant product with the market’s depth',
    asOf: null,
  };
}
