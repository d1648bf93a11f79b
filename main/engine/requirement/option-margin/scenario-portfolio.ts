/**
 * What a scenario model sees of one underlying of one account, as columns that are filled again for every account and state.
 * Options by row with the expiry and strike they belong to; `linear` rows are futures, perpetuals and coins that move with spot.
 */
export type ScenarioPortfolio = {
  spotUsd: number;
  /** Of the dollar the account is settled in. */
  stablePriceUsd: number;
  /** A part judged by itself to bound what it adds to a whole: no deductible, which the whole may have used up. */
  isPart: boolean;
  options: number;
  readonly isCall: Uint8Array;
  /** 1 = paid in coin: worth Black / forward coins, counted in dollars at the spot of now. */
  readonly isInverse: Uint8Array;
  readonly expiryOf: Int32Array;
  readonly strikeOf: Int32Array;
  readonly strikeUsd: Float64Array;
  readonly volatility: Float64Array;
  /** By option: forward = fixed part (already averaged towards settlement) + part that moves with spot. */
  readonly fixedForwardUsd: Float64Array;
  readonly movingForwardUsd: Float64Array;
  /** Signed coins: quantity × contract size. */
  readonly optionCoins: Float64Array;
  expiries: number;
  readonly years: Float64Array;
  readonly ratePerYear: Float64Array;
  readonly expiryConfidence: Float64Array;
  strikes: number;
  linears: number;
  /** Signed value that the move is applied to. */
  readonly linearUsd: Float64Array;
  /** 1 = profit in coin, move / (1 + conversion move) of the value; else move × value. */
  readonly isLinearInverse: Uint8Array;
  /** Coins or value that the add-on is a share of, USD, ≥ 0. */
  readonly addOnBaseUsd: Float64Array;
  readonly addOnMaintenance: Float64Array;
  readonly addOnInitial: Float64Array;
};

/** An empty portfolio with room for the given numbers of rows. */
export function makeScenarioPortfolio(options: number, linears: number): ScenarioPortfolio {
  const real = (length: number): Float64Array => new Float64Array(length);
  return {
    spotUsd: 0,
    stablePriceUsd: 1,
    isPart: false,
    options: 0,
    isCall: new Uint8Array(options),
    isInverse: new Uint8Array(options),
    expiryOf: new Int32Array(options),
    strikeOf: new Int32Array(options),
    strikeUsd: real(options),
    volatility: real(options),
    optionCoins: real(options),
    expiries: 0,
    years: real(options),
    fixedForwardUsd: real(options),
    movingForwardUsd: real(options),
    ratePerYear: real(options),
    expiryConfidence: real(options).fill(1),
    strikes: 0,
    linears: 0,
    linearUsd: real(linears),
    isLinearInverse: new Uint8Array(linears),
    addOnBaseUsd: real(linears),
    addOnMaintenance: real(linears),
    addOnInitial: real(linears),
  };
}
