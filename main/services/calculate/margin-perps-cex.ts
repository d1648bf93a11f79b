import { z } from 'zod';
import { inverseMoveProfitCoin } from '../../engine/pricing/inverse.ts';
import { linearProfitUsd } from '../../engine/pricing/linear.ts';
import {
  linearFutureMarginUsd,
  portfolioVolatilityShift,
  shortOptionInitialCoin,
  shortOptionMaintenanceCoin,
} from '../../engine/requirement/standard-options.ts';
import {
  maintenanceRateFromLeverage,
  packTiers,
  TIER_COLUMNS,
  tieredLiquidationPrice,
  tieredMaintenance,
  tierOf,
} from '../../engine/requirement/tiered-perpetual.ts';
import { optionSide, real, unknownGroup } from './case-values.ts';
import type { CaseFunction, CaseOutput } from './case-values.ts';

/** Deribit's standard margin of short options. Source: the page named in the venue's parameters. */
const SHORT_INITIAL = 0.15;
const SHORT_FLOOR = 0.1;
const SHORT_MAINTENANCE = 0.075;

const direction = z.enum(['long', 'short']).transform((side) => (side === 'long' ? 1 : -1));
const hyperliquidInput = z.object({ entry: real, side: direction, size: real, isolatedMargin: real, maxLeverage: real });
const holding = z.object({ pos: real, ep: real, mark: real, mmr: real, cum: real });
const crossInput = z.object({ walletBalance: real, position: holding, other: holding, side: direction });
const tierRows = z.array(z.object({ cap: real, mmr: real })).min(1);
const tierInput = z.object({ tiers: tierRows, notional: real });
const tieredInput = z.object({ walletBalance: real, side: direction, size: real, entry: real, tiers: tierRows });
const linearInput = z.object({ positionSize: real, indexPrice: real, imBase: real, mmBase: real, slopePerCoin: real });
const shortOptionInput = z.object({ type: optionSide, underlying: real, strike: real, markCoin: real, contracts: real });
const inverseMoveInput = z.object({ q: real, x: real });
const shiftInput = z.object({ days: real, base: real, power: real });

const groups: Readonly<Record<string, (raw: unknown) => CaseOutput>> = {
  hyperliquid: (raw) => {
    const { entry, side, size, isolatedMargin, maxLeverage } = hyperliquidInput.parse(raw);
    const tiers = Float64Array.of(Infinity, maintenanceRateFromLeverage(maxLeverage), 0, 1 / maxLeverage);
    const found = tieredLiquidationPrice(
      { quantityCoin: side * size, entryPrice: entry, balanceUsd: isolatedMargin, otherExcessUsd: 0 },
      tiers,
      0,
      1,
    );
    return { liquidationPrice: found?.price ?? null, formula_value: found?.price ?? null };
  },
  'binance-liq': (raw) => {
    const { walletBalance, position, other, side } = crossInput.parse(raw);
    const maintenanceOther = tieredMaintenance(other.pos * other.mark, Float64Array.of(Infinity, other.mmr, other.cum, 1), 0, 1);
    const profitOther = linearProfitUsd(side * other.pos, other.ep, other.mark);
    const pool = {
      quantityCoin: side * position.pos,
      entryPrice: position.ep,
      balanceUsd: walletBalance,
      otherExcessUsd: profitOther - maintenanceOther,
    };
    const found = tieredLiquidationPrice(pool, Float64Array.of(Infinity, position.mmr, position.cum, 1), 0, 1);
    return {
      liquidationPrice: found?.price ?? null,
      formula_value: found?.price ?? null,
      tmm_other: maintenanceOther,
      upnl_other: profitOther,
    };
  },
  'binance-tier': (raw) => {
    const { tiers, notional } = tierInput.parse(raw);
    const packed = packRows(tiers);
    const row = tierOf(notional, packed, 0, tiers.length) * TIER_COLUMNS;
    return { mmr: packed[row + 1], cum: packed[row + 2], maintenanceMargin: tieredMaintenance(notional, packed, 0, tiers.length) };
  },
  'binance-liq-tiered': (raw) => {
    const { walletBalance, side, size, entry, tiers } = tieredInput.parse(raw);
    const packed = packRows(tiers);
    const position = { quantityCoin: side * size, entryPrice: entry, balanceUsd: walletBalance, otherExcessUsd: 0 };
    const found = tieredLiquidationPrice(position, packed, 0, tiers.length);
    if (found === null) return { liquidationPrice: null, mmr: null, cum: null };
    return { liquidationPrice: found.price, mmr: packed[found.tier * TIER_COLUMNS + 1], cum: packed[found.tier * TIER_COLUMNS + 2] };
  },
  'deribit-linear': (raw) => {
    const { positionSize, indexPrice, imBase, mmBase, slopePerCoin } = linearInput.parse(raw);
    return {
      IM_usdc: linearFutureMarginUsd(imBase, slopePerCoin, positionSize, indexPrice),
      MM_usdc: linearFutureMarginUsd(mmBase, slopePerCoin, positionSize, indexPrice),
    };
  },
  'deribit-sm-option-short': (raw) => {
    const { type, underlying, strike, markCoin, contracts } = shortOptionInput.parse(raw);
    return {
      IM_coin: contracts * shortOptionInitialCoin(type, underlying, strike, markCoin, SHORT_INITIAL, SHORT_FLOOR, SHORT_MAINTENANCE),
      MM_coin: contracts * shortOptionMaintenanceCoin(type, markCoin, SHORT_MAINTENANCE),
    };
  },
  'deribit-pm-inverse-perp': (raw) => {
    const { q, x } = inverseMoveInput.parse(raw);
    return { pnl_coin: inverseMoveProfitCoin(q, x) };
  },
  'deribit-pm-vol': (raw) => {
    const { days, base, power } = shiftInput.parse(raw);
    return { ivShift: portfolioVolatilityShift(days, base, power) };
  },
};

/** Margin and liquidation prices of perpetuals and options on the large exchanges. */
export const calculateMarginPerpsCex: CaseFunction = (raw, group) => groups[group]?.(raw) ?? unknownGroup(group);

/** Packed rows of a schedule given by caps and maintenance rates; the initial rate, which no case asks for, is whole notional. */
function packRows(tiers: z.output<typeof tierRows>): Float64Array {
  const caps = Float64Array.from(tiers, (tier) => tier.cap);
  const rates = Float64Array.from(tiers, (tier) => tier.mmr);
  return packTiers(caps, rates, new Float64Array(tiers.length).fill(1));
}
