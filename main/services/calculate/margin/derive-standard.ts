import { z } from 'zod';
import { blackPrice } from '../../../engine/pricing/black.ts';
import {
  collateralWorth,
  depegPenalty,
  expiryRequirement,
  makeStandardExpiry,
  perpetualRequirement,
  type StandardExpiry,
} from '../../../engine/requirement/option-margin/standard-manager.ts';
import { STANDARD_TERM, STANDARD_TERMS } from '../../../engine/requirement/option-margin/standard-terms.ts';
import { real } from '../case-values.ts';
import type { CaseFunction } from '../case-values.ts';

const positive = real.refine((value) => value > 0, 'must be above 0');
const nonNegative = real.refine((value) => value >= 0, 'must not be negative');
const option = z.object({ K: positive, sec: nonNegative, call: z.boolean(), amt: real, vol: nonNegative, conf: real });
const market = z.object({
  spot: positive,
  spot_conf: real,
  perp: real,
  perp_price: nonNegative,
  perp_conf: real,
  perp_pnl: real,
  base: nonNegative,
  options: z.array(option),
  fwd: z.record(z.string(), z.object({ price: positive, conf: real })),
});
const input = z.object({ markets: z.record(z.string(), market), stable: positive, cash: real });
const parameters = z.object({
  maxSpotReq: real,
  minSpotReq: real,
  mmCallSpotReq: real,
  mmPutSpotReq: real,
  MMPutMtMReq: real,
  unpairedIMScale: real,
  unpairedMMScale: real,
  mmOffsetScale: real,
  mmPerpReq: real,
  imPerpReq: real,
  OC_threshold: real,
  OC_factor: real,
  depegThreshold: real,
  depegFactor: real,
  baseMarginFactor: real,
  baseIMScale: real,
});
type Market = z.output<typeof market>;

const SECONDS_PER_YEAR = 31_536_000;

/**
 * Derive's standard manager: net margin of an account (cash and what its requirement leaves; liquidated below zero), initial and
 * maintenance, and the worth of everything at its marks.
 */
export const calculateDeriveStandard: CaseFunction = (raw, _group, file) => {
  const { markets, stable, cash } = input.parse(raw);
  const terms = packTerms(parameters.parse(file['params']));
  const account = { initial: cash, maintenance: cash, markToMarket: cash };
  for (const each of Object.values(markets)) {
    const expiries = [...new Set(each.options.map((row) => row.sec))].map((seconds) => expiryOf(each, seconds));
    for (const isInitial of [false, true]) {
      const net = netOfMarket(each, { expiries, isInitial, stable, terms });
      if (isInitial) account.initial += net;
      else account.maintenance += net;
    }
    account.markToMarket += each.perp_pnl + (each.base * each.spot) / stable + expiries.reduce((sum, expiry) => sum + expiry.value, 0);
  }
  return {
    IM: account.initial,
    MM: account.maintenance,
    MtM: account.markToMarket,
    IM_reimpl: account.initial,
    MM_reimpl: account.maintenance,
    IM_trunc: Math.trunc(account.initial),
    MM_trunc: Math.trunc(account.maintenance),
  };
};

type Valued = { readonly expiry: StandardExpiry; readonly value: number; readonly shortCoins: number };

/** The options of one expiry by strike, at Black's undiscounted marks. */
function expiryOf(each: Market, seconds: number): Valued {
  const rows = each.options.filter((row) => row.sec === seconds);
  const forward = each.fwd[String(seconds)];
  if (forward === undefined) throw new Error(`no forward for the expiry in ${seconds} seconds`);
  const expiry = makeStandardExpiry(rows.length);
  expiry.spotUsd = each.spot;
  expiry.forwardUsd = forward.price;
  expiry.confidence = Math.min(each.spot_conf, forward.conf, ...rows.map((row) => row.conf));
  let value = 0;
  for (const row of rows) {
    const known = expiry.strikeUsd.subarray(0, expiry.strikes).indexOf(row.K);
    const k = known < 0 ? expiry.strikes++ : known;
    const mark = blackPrice(row.call, forward.price, row.K, row.vol * Math.sqrt(seconds / SECONDS_PER_YEAR), 1);
    expiry.strikeUsd[k] = row.K;
    const [coins, marks] = row.call ? [expiry.callCoins, expiry.callMarkUsd] : [expiry.putCoins, expiry.putMarkUsd];
    coins[k] = (coins[k] ?? 0) + row.amt;
    marks[k] = mark;
    value += mark * row.amt;
  }
  return { expiry, value, shortCoins: rows.reduce((sum, row) => sum + Math.max(0, -row.amt), 0) };
}

function netOfMarket(each: Market, how: { expiries: readonly Valued[]; isInitial: boolean; stable: number; terms: Float64Array }): number {
  const { isInitial, stable, terms } = how;
  const outcome = { requirementUsd: 0, isMaxLoss: false, worstStrike: -1 };
  let net = each.perp_pnl + collateralWorth(each.base, each.spot, isInitial, each.spot_conf, terms, 0);
  const confidence = Math.min(each.perp_conf, each.spot_conf);
  net -= perpetualRequirement(each.perp, each.perp_price, each.spot, isInitial, confidence, terms, 0);
  let exposed = Math.abs(each.perp);
  for (const { expiry, shortCoins } of how.expiries) {
    expiryRequirement(expiry, isInitial, terms, 0, outcome);
    net -= outcome.requirementUsd;
    exposed += shortCoins;
  }
  return isInitial ? net - depegPenalty(exposed, each.spot, stable, terms, 0) : net;
}

function packTerms(given: z.output<typeof parameters>): Float64Array {
  const terms = new Float64Array(STANDARD_TERMS);
  terms[STANDARD_TERM.callMaintenance] = given.mmCallSpotReq;
  terms[STANDARD_TERM.putMaintenance] = given.mmPutSpotReq;
  terms[STANDARD_TERM.putMarkMaintenance] = given.MMPutMtMReq;
  terms[STANDARD_TERM.optionInitial] = given.maxSpotReq;
  terms[STANDARD_TERM.optionInitialFloor] = given.minSpotReq;
  terms[STANDARD_TERM.putInitialOfMaintenance] = given.mmOffsetScale;
  terms[STANDARD_TERM.unpairedMaintenance] = given.unpairedMMScale;
  terms[STANDARD_TERM.unpairedInitial] = given.unpairedIMScale;
  terms[STANDARD_TERM.perpetualMaintenance] = given.mmPerpReq;
  terms[STANDARD_TERM.perpetualInitial] = given.imPerpReq;
  terms[STANDARD_TERM.collateralShare] = given.baseMarginFactor;
  terms[STANDARD_TERM.collateralInitialScale] = given.baseIMScale;
  terms[STANDARD_TERM.optionConfidence] = given.OC_threshold;
  terms[STANDARD_TERM.perpetualConfidence] = given.OC_threshold;
  terms[STANDARD_TERM.collateralConfidence] = given.OC_threshold;
  terms[STANDARD_TERM.confidenceFactor] = given.OC_factor;
  terms[STANDARD_TERM.pegThresholdUsd] = given.depegThreshold;
  terms[STANDARD_TERM.pegFactor] = given.depegFactor;
  return terms;
}
