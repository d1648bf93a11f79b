import { z } from 'zod';
import {
  absorb,
  baseMarketRate,
  factoredCollateralUsd,
  isAbsorbable,
  isBorrowCollateralised,
} from '../../engine/requirement/lending/base-market.ts';
import { incentiveFactor } from '../../engine/requirement/lending/isolated-market.ts';
import { soleBorrower } from '../../engine/requirement/lending/isolated/market-book.ts';
import { incentiveFactorWad, liquidateMarket } from '../../engine/requirement/lending/isolated/market-liquidation.ts';
import { startVaultAuction } from '../../engine/requirement/lending/vault-exact.ts';
import { integer, real, scaled, unknownGroup } from './case-values.ts';
import type { CaseOutput } from './case-values.ts';

const cometRates = z.object({
  utilisation: real,
  supplyKink: real,
  supplyBase: real,
  supplySlopeLow: real,
  supplySlopeHigh: real,
  borrowKink: real,
  borrowBase: real,
  borrowSlopeLow: real,
  borrowSlopeHigh: real,
});
const cometAccount = z.object({ debt: real, collateral: real, price: real, liquidateCF: real.optional(), borrowCF: real.optional() });
const cometAbsorb = z.object({ debt: real, collateral: z.array(z.object({ amount: real, price: real })), liquidationFactor: real });

/** Base market (Compound III): rates, tests of an account, absorption. */
export function calculateComet(raw: unknown, group: string): CaseOutput {
  switch (group) {
    case 'rates': {
      const input = cometRates.parse(raw);
      const supply = { base: input.supplyBase, slopeLow: input.supplySlopeLow, slopeHigh: input.supplySlopeHigh, kink: input.supplyKink };
      const borrow = { base: input.borrowBase, slopeLow: input.borrowSlopeLow, slopeHigh: input.borrowSlopeHigh, kink: input.borrowKink };
      return { supplyAPR: baseMarketRate(input.utilisation, supply), borrowAPR: baseMarketRate(input.utilisation, borrow) };
    }
    case 'isLiquidatable': {
      const { debt, collateral, price, liquidateCF } = cometAccount.required({ liquidateCF: true }).parse(raw);
      return { liquidatable: isAbsorbable(factoredCollateralUsd(Float64Array.of(collateral * price), Float64Array.of(liquidateCF)), debt) };
    }
    case 'isBorrowCollateralized': {
      const { debt, collateral, price, borrowCF } = cometAccount.required({ borrowCF: true }).parse(raw);
      return {
        collateralized: isBorrowCollateralised(factoredCollateralUsd(Float64Array.of(collateral * price), Float64Array.of(borrowCF)), debt),
      };
    }
    case 'absorb': {
      const { debt, collateral, liquidationFactor } = cometAbsorb.parse(raw);
      const values = Float64Array.from(collateral, (line) => line.amount * line.price);
      const absorption = absorb(factoredCollateralUsd(values, new Float64Array(values.length).fill(liquidationFactor)), debt);
      return { newPrincipal: absorption.balanceUsd, reservesLoss: absorption.reservesLossUsd };
    }
    default:
      return unknownGroup(group);
  }
}

const barkInput = z.object({ ink: integer, art: integer, rate: integer, spot: integer, chop: integer, room: integer, dust: integer });
const barkErrors = {
  notUnsafe: 'not-unsafe: collateral × price still covers the debt',
  limitHit: 'liquidation-limit-hit: the room is smaller than dust',
  leavesDust: 'dusty-auction-from-partial-liquidation',
  nullAuction: 'null-auction: no collateral would be sold',
} as const;

/** Start of a vault's auction (Maker). */
export function calculateMaker(raw: unknown, group: string): CaseOutput {
  if (group !== 'bark') return unknownGroup(group);
  const outcome = startVaultAuction(barkInput.parse(raw));
  if (outcome.status !== 'ok') return { error: barkErrors[outcome.status] };
  return { dink: outcome.dink.toString(), dart: outcome.dart.toString(), tab: outcome.tab.toString() };
}

const incentiveInput = z.object({ lltv: z.string() });
const liquidateInput = z.object({ collateral: integer, borrow: integer, priceRaw: integer, lltv: integer, seizedAssets: integer });
/** Cursor and maximum of Morpho Blue. Source: morpho-org/morpho-blue, ConstantsLib. */
const MORPHO_CURSOR = 0.3;
const MORPHO_MAXIMUM = 1.15;
const liquidateErrors = {
  zeroAmount: 'zero-amount: nothing is to be seized',
  worthlessCollateral: 'worthless-collateral: at a price of zero no debt pays for it',
  healthy: 'healthy: collateral × price × LLTV covers the borrow',
  seizesMoreThanDebt: 'underflow: seizing more than the debt allows',
  seizesMoreThanCollateral: 'underflow: seizing more than the collateral',
} as const;

/** Isolated market (Morpho): incentive factor and liquidation. */
export function calculateMorpho(raw: unknown, group: string): CaseOutput {
  if (group === 'lif') {
    const { lltv } = incentiveInput.parse(raw);
    return { lif: incentiveFactor(Number(lltv), MORPHO_CURSOR, MORPHO_MAXIMUM), lif_wad: incentiveFactorWad(scaled(lltv, 18)).toString() };
  }
  if (group !== 'liquidate') return unknownGroup(group);
  const { collateral, borrow, priceRaw, lltv, seizedAssets: wanted } = liquidateInput.parse(raw);
  const terms = { priceRaw, liquidationLoanToValueWad: lltv };
  const outcome = liquidateMarket(soleBorrower(collateral, borrow), terms, { unit: 'seizedAssets', amount: wanted });
  if (outcome.status !== 'ok') return { error: liquidateErrors[outcome.status] };
  const { repaidAssets, seizedAssets, badDebtAssets, book } = outcome;
  const { borrowAssets: borrowAfter } = book.totals;
  const { collateral: collateralAfter } = book.position;
  const amounts = { repaidAssets, seizedAssets, badDebtAssets, borrowAfter, collateralAfter };
  return Object.fromEntries(Object.entries(amounts).map(([key, value]) => [key, value.toString()]));
}
