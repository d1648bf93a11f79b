/** Balance sheets of banks that hold the same marketable assets. Per bank; `holdings` is bank × asset, row-major, in face units. */
export type BankSheets = {
  readonly cash: Float64Array;
  readonly otherAssets: Float64Array;
  readonly loan: Float64Array;
  readonly otherLiabilities: Float64Array;
  readonly holdings: Float64Array;
};

/** What is published of a bank: equity, equity / assets, and its face value of bonds of all kinds and of governments. */
export type PublishedBank = {
  readonly equity: number;
  readonly leverageFraction: number;
  readonly debtSecurities: number;
  readonly governmentBonds: number;
};

/** Prices before the first step, and the relative fall of a price when 5 % of all there is of an asset is sold. */
export type FireSaleMarket = { readonly startPrice: Float64Array; readonly impactAtFivePercent: number };

/** Equity / assets below which a bank fails, below which it sells, and to which it returns; a buffer of 1 = always. */
export type LeverageRules = {
  readonly minimumFraction: number;
  readonly bufferFraction: number;
  readonly targetFraction: number;
  readonly steps: number;
};

/** Step by step: how many banks fail, and the share of all face units sold so far. */
export type LeverageFireSale = {
  readonly failuresByStep: Int32Array;
  readonly soldFractionByStep: Float64Array;
  readonly price: Float64Array;
  readonly failed: Uint8Array;
};

/** Cash is taken to be this share of assets, and half of what is owed a loan that can be repaid. */
const CASH_FRACTION = 0.05;
const LOAN_FRACTION = 0.5;
const IMPACT_SHARE = 0.05;
const SYSTEMIC_FRACTION = 0.05;

/**
 * Balance sheets with two marketable assets, corporate bonds then government bonds, from published figures: assets = equity / leverage,
 * 5 % of them cash; the bonds; the rest other assets. Half of what is owed is a loan.
 *
 * Source: ox-inet-resilience/firesale_stresstest, on the EBA's 2018 stress test.
 */
export function sheetsOfPublished(banks: readonly PublishedBank[]): BankSheets {
  const assets = banks.map((bank) => bank.equity / bank.leverageFraction);
  const owed = banks.map((bank, i) => assets[i]! - bank.equity);
  return {
    cash: Float64Array.from(assets, (value) => CASH_FRACTION * value),
    otherAssets: Float64Array.from(banks, (bank, i) => assets[i]! - bank.debtSecurities - CASH_FRACTION * assets[i]!),
    loan: Float64Array.from(owed, (value) => LOAN_FRACTION * value),
    otherLiabilities: Float64Array.from(owed, (value) => value - LOAN_FRACTION * value),
    holdings: Float64Array.from(banks.flatMap((bank) => [bank.debtSecurities - bank.governmentBonds, bank.governmentBonds])),
  };
}

/**
 * Fire sales by leverage, in steps. (1) Banks that failed in the step before offer everything. (2) The market clears all offers: each
 * price falls to price × exp(−β sold / all there was), β = −ln(1 − impact) / 0.05; sellers get the middle of the old and the new price.
 * (3) Every living bank is judged at the new prices: below the minimum it fails; below the buffer it repays its loan from cash down
 * to the target, and offers, in proportion to market values, what remains beyond its cash. Offers are cleared in the next step. The
 * number of steps is the limit.
 *
 * Source: R. Cont, E. Schaanning, "Fire sales, indirect contagion and systemic stress testing", Norges Bank (2017);
 * ox-inet-resilience/firesale_stresstest (Apache-2.0), the rules only; A. Cifuentes et al. (2005) for the price law.
 */
export function leverageFireSale(sheets: BankSheets, market: FireSaleMarket, rules: LeverageRules): LeverageFireSale {
  const n = sheets.cash.length;
  const state = startState(sheets, market);
  const failed = new Uint8Array(n);
  const failuresByStep = new Int32Array(rules.steps);
  const soldFractionByStep = new Float64Array(rules.steps);
  for (let step = 0; step < rules.steps; step += 1) {
    soldFractionByStep[step] = clear(state, market.impactAtFivePercent);
    for (let bank = 0; bank < n; bank += 1) {
      if (failed[bank] === 1 || isEmpty(state, bank)) continue;
      const { assets, equity } = valueOf(state, bank);
      if (equity < rules.minimumFraction * assets) {
        failed[bank] = 1;
        failuresByStep[step]! += 1;
        offer(state, bank, 1);
      } else if (equity < rules.bufferFraction * assets) deleverage(state, bank, assets - equity / rules.targetFraction);
    }
  }
  return { failuresByStep, soldFractionByStep, price: state.price, failed };
}

type FireSaleState = {
  readonly sheets: BankSheets;
  readonly cash: Float64Array;
  readonly loan: Float64Array;
  readonly holdings: Float64Array;
  /** Face units on offer, bank × asset. */
  readonly offered: Float64Array;
  readonly price: Float64Array;
  /** Face units of each asset at the start, and sold since. */
  readonly outstanding: Float64Array;
  readonly sold: Float64Array;
};

function startState(sheets: BankSheets, market: FireSaleMarket): FireSaleState {
  const k = market.startPrice.length;
  const outstanding = new Float64Array(k);
  sheets.holdings.forEach((units, at) => (outstanding[at % k]! += units));
  return {
    sheets,
    cash: sheets.cash.slice(),
    loan: sheets.loan.slice(),
    holdings: sheets.holdings.slice(),
    offered: new Float64Array(sheets.holdings.length),
    price: market.startPrice.slice(),
    outstanding,
    sold: new Float64Array(k),
  };
}

/** Sells what is offered; the share of all face units sold so far. */
function clear(state: FireSaleState, impactAtFivePercent: number): number {
  const { holdings, offered, price, outstanding, sold, cash } = state;
  const k = price.length;
  const beta = -Math.log1p(-impactAtFivePercent) / IMPACT_SHARE;
  let soldUnits = 0;
  let units = 0;
  for (let asset = 0; asset < k; asset += 1) {
    let amount = 0;
    for (let at = asset; at < offered.length; at += k) amount += offered[at]!;
    const old = price[asset]!;
    if (outstanding[asset]! > 0) price[asset] = old * Math.exp((-beta * amount) / outstanding[asset]!);
    for (let at = asset; at < offered.length; at += k) {
      cash[Math.floor(at / k)]! += (offered[at]! * (old + price[asset]!)) / 2;
      holdings[at] = Math.max(0, holdings[at]! - offered[at]!);
    }
    sold[asset]! += amount;
    soldUnits += sold[asset]!;
    units += outstanding[asset]!;
  }
  offered.fill(0);
  return units === 0 ? 0 : soldUnits / units;
}

function marketable(state: FireSaleState, bank: number): number {
  const k = state.price.length;
  let value = 0;
  for (let asset = 0; asset < k; asset += 1) value += state.holdings[bank * k + asset]! * state.price[asset]!;
  return value;
}

function valueOf(state: FireSaleState, bank: number): { assets: number; equity: number } {
  const { sheets, cash, loan } = state;
  const assets = cash[bank]! + marketable(state, bank) + sheets.otherAssets[bank]!;
  return { assets, equity: assets - loan[bank]! - sheets.otherLiabilities[bank]! };
}

/** A bank without assets and debts has nothing to be judged by. */
function isEmpty(state: FireSaleState, bank: number): boolean {
  const { assets, equity } = valueOf(state, bank);
  return assets === 0 && equity === 0;
}

/** Repays from cash at once, and offers what the remaining cash does not cover. */
function deleverage(state: FireSaleState, bank: number, amount: number): void {
  if (amount <= 0) return;
  const paid = Math.min(amount, state.cash[bank]!, state.loan[bank]!);
  state.cash[bank]! -= paid;
  state.loan[bank]! -= paid;
  const toRaise = amount - paid - state.cash[bank]!;
  const value = marketable(state, bank);
  if (toRaise > 0 && value > 0) offer(state, bank, Math.min(1, toRaise / value));
}

function offer(state: FireSaleState, bank: number, share: number): void {
  const k = state.price.length;
  for (let at = bank * k; at < (bank + 1) * k; at += 1) state.offered[at] = state.holdings[at]! * share;
}

/** Share of banks that failed, counted as a systemic event only where it exceeds 5 %; else 0. */
export function systemicEventFraction(failed: Uint8Array): number {
  let count = 0;
  for (const each of failed) count += each;
  const fraction = failed.length === 0 ? 0 : count / failed.length;
  return fraction > SYSTEMIC_FRACTION ? fraction : 0;
}
