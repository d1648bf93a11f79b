import { refreshClaimPrices } from '../../packed/claim-prices.ts';
import { evaluateAccounts, makeAccountMeasures, type AccountMeasures } from '../../packed/evaluate-accounts.ts';
import { copyState } from '../../packed/market-state.ts';
import { ASSET_KIND, FAMILY, POSITION_KIND, type MarketState, type PackedBook } from '../../packed/packed-book.ts';
import { UNIT_VALUES, valueUnit } from '../../packed/position-value.ts';
import { payRatios, type InstitutionNetwork } from './institution-network.ts';

/** Where the book touches institutions: indexes into the network, −1 = none. */
export type InstitutionTies = {
  /** By venue index of the book. */
  readonly venueInstitution: Int32Array;
  /** By asset: whose failure takes the asset's value. A claim on a claim of the same issuer has none, so that it is not counted twice. */
  readonly issuerInstitution: Int32Array;
};

/** One failure under one model. */
export type FailureSetting = InstitutionTies & {
  readonly network: InstitutionNetwork;
  readonly failed: number;
  readonly recoveryFraction: number;
  /** One of CLAIM_MODEL. */
  readonly model: number;
};

/** What a failure leaves of the book, USD by account unless named otherwise. */
export type FailureOutcome = {
  readonly status: 'converged' | 'notConverged';
  readonly equityBeforeUsd: Float64Array;
  readonly equityAfterUsd: Float64Array;
  /** Excess at the new prices of tokens, whatever the account's own venue still pays. */
  readonly excessUsd: Float64Array;
  /** By institution: what a dollar owed by it pays, and what its borrowers no longer cover, the crowd's included. */
  readonly payRatio: Float64Array;
  readonly uncoveredUsd: Float64Array;
  /** By isolated market: share of the lenders' claims that is lost. */
  readonly marketLossFraction: Float64Array;
  readonly passes: number;
};

/** Passes between the book and the institutions after which a result that still moves is given up. */
const MOST_PASSES = 200;
/** A pass that changes no ratio by more than this is the last. */
const SETTLED = 1e-9;

/**
 * Passes losses back and forth until nothing moves: institutions pay less (by the model) → their tokens are worth less, and so is
 * everything backed by them → borrowers, the recorded crowd included, no longer cover their debts → their lenders lose: the venue's capital
 * in pools and vaults, the lenders' claims in isolated markets → institutions pay less.
 *
 * What an account keeps: lending, max(0, ratio of the venue × collateral − debt), since nobody repays more than the collateral is worth;
 * else ratio × equity where that is above zero. Debts stay at their price before the failure: whoever owes a failed token is not
 * credited with its fall. Ratios only fall from pass to pass, so it comes to rest at the best outcome that hangs together.
 */
export function failInstitution(packed: PackedBook, setting: FailureSetting): FailureOutcome {
  const n = setting.network.capitalUsd.length;
  const state = copyState(packed.initial);
  const before = makeAccountMeasures(packed.accounts.count);
  evaluateAccounts(packed, packed.initial, before);
  const uncoveredUsd = new Float64Array(n);
  const marketLossFraction = new Float64Array(packed.lending.marketCount);
  let pay = payRatios(setting.network, { ...setting, lossUsd: uncoveredUsd }, setting.model);
  const isDirect = setting.model === 0;
  let passes = 0;
  let change = Infinity;
  while (change > SETTLED && passes < MOST_PASSES) {
    priceTokens(packed, setting, pay.ratio, marketLossFraction, state);
    passes += 1;
    if (isDirect) break;
    change = uncovered(packed, setting, state, { uncoveredUsd, marketLossFraction });
    const next = payRatios(setting.network, { ...setting, lossUsd: uncoveredUsd }, setting.model);
    for (let i = 0; i < n; i += 1) change = Math.max(change, Math.abs(next.ratio[i]! - pay.ratio[i]!));
    pay = next;
  }
  const after = makeAccountMeasures(packed.accounts.count);
  evaluateAccounts(packed, state, after);
  return {
    status: pay.status === 'converged' && (isDirect || change <= SETTLED) ? 'converged' : 'notConverged',
    equityBeforeUsd: before.equityUsd,
    equityAfterUsd: keptEquity(packed, setting, { state, ratio: pay.ratio, before, after }),
    excessUsd: after.excessUsd,
    payRatio: pay.ratio,
    uncoveredUsd,
    marketLossFraction,
    passes,
  };
}

/** Tokens at what their issuers pay, claims on lenders at what borrowers cover, and everything backed by them. */
function priceTokens(packed: PackedBook, ties: InstitutionTies, ratio: Float64Array, marketLoss: Float64Array, out: MarketState): void {
  const { assets, initial } = packed;
  for (let asset = 0; asset < assets.count; asset += 1) {
    const issuer = ties.issuerInstitution[asset]!;
    const paid = issuer < 0 ? 1 : ratio[issuer]!;
    const market = assets.market[asset]!;
    const lost = market < 0 ? 0 : marketLoss[market]!;
    if (assets.kind[asset] === ASSET_KIND.base || assets.kind[asset] === ASSET_KIND.stable) {
      out.priceUsd[asset] = initial.priceUsd[asset]! * paid;
      continue;
    }
    out.discountFraction[asset] = 1 - (1 - initial.discountFraction[asset]!) * paid;
    out.lossFraction[asset] = 1 - (1 - initial.lossFraction[asset]!) * (1 - lost);
  }
  refreshClaimPrices(assets, out);
}

type Lenders = { readonly uncoveredUsd: Float64Array; readonly marketLossFraction: Float64Array };

/** Debts that collateral at the new prices no longer covers, added up by lender; returns the largest change of a market's loss. */
function uncovered(packed: PackedBook, ties: InstitutionTies, state: MarketState, { uncoveredUsd, marketLossFraction }: Lenders): number {
  const { lending, positions, accounts, initial } = packed;
  uncoveredUsd.fill(0);
  const marketUsd = new Float64Array(lending.marketCount);
  for (let borrower = 0; borrower < lending.count; borrower += 1) {
    let covered = 0;
    for (let row = lending.collateralStart[borrower]!; row < lending.collateralStart[borrower + 1]!; row += 1) {
      const own = lending.collateralPosition[row]!;
      const quantity = own < 0 ? lending.collateralQuantity[row]! : positions.quantity[own]!;
      covered += quantity * state.priceUsd[lending.collateralAsset[row]!]!;
    }
    let debt = 0;
    for (let row = lending.debtStart[borrower]!; row < lending.debtStart[borrower + 1]!; row += 1) {
      const own = lending.debtPosition[row]!;
      const quantity = own < 0 ? lending.debtQuantity[row]! : -positions.quantity[own]!;
      debt += quantity * initial.priceUsd[lending.debtAsset[row]!]!;
    }
    const short = Math.max(0, debt - covered);
    const market = lending.market[borrower]!;
    const institution = ties.venueInstitution[lending.venue[borrower]!]!;
    if (market >= 0) marketUsd[market]! += short;
    else if (institution >= 0) uncoveredUsd[institution]! += short;
  }
  const unit = new Float64Array(UNIT_VALUES);
  for (let account = 0; account < accounts.count; account += 1) {
    if (accounts.family[account]! < FAMILY.tieredPerpetual) continue;
    let equity = 0;
    for (let p = accounts.positionStart[account]!; p < accounts.positionStart[account + 1]!; p += 1) {
      valueUnit(packed, p, state, unit);
      equity += positions.quantity[p]! * unit[0]!;
    }
    const institution = ties.venueInstitution[accounts.venue[account]!]!;
    if (institution >= 0) uncoveredUsd[institution]! += Math.max(0, -equity);
  }
  let change = 0;
  for (let market = 0; market < marketUsd.length; market += 1) {
    const supplied = lending.marketSupplyQuantity[market]! * initial.priceUsd[lending.marketLoanAsset[market]!]!;
    const lost = supplied > 0 ? Math.min(1, marketUsd[market]! / supplied) : marketUsd[market]! > 0 ? 1 : 0;
    change = Math.max(change, Math.abs(lost - marketLossFraction[market]!));
    marketLossFraction[market] = lost;
  }
  return change;
}

type Ended = {
  readonly state: MarketState;
  readonly ratio: Float64Array;
  readonly before: AccountMeasures;
  readonly after: AccountMeasures;
};

/** Never above what the account had: a rise of what is left (a short in a failed token) is not counted. */
function keptEquity(packed: PackedBook, ties: InstitutionTies, { state, ratio, before, after }: Ended): Float64Array {
  const { accounts, positions } = packed;
  const unit = new Float64Array(UNIT_VALUES);
  return before.equityUsd.map((had, account) => {
    const institution = ties.venueInstitution[accounts.venue[account]!]!;
    const paid = institution < 0 ? 1 : ratio[institution]!;
    const family = accounts.family[account]!;
    if (family < FAMILY.lendingPool || family > FAMILY.baseMarket) {
      const equity = after.equityUsd[account]!;
      return Math.min(had, equity > 0 ? paid * equity : Math.min(0, had));
    }
    let collateral = 0;
    let debt = 0;
    for (let p = accounts.positionStart[account]!; p < accounts.positionStart[account + 1]!; p += 1) {
      const isDebt = positions.kind[p] === POSITION_KIND.debt;
      valueUnit(packed, p, isDebt ? packed.initial : state, unit);
      const value = positions.quantity[p]! * unit[0]!;
      if (isDebt) debt -= value;
      else collateral += value;
    }
    return Math.min(had, Math.max(0, paid * collateral - debt));
  });
}
