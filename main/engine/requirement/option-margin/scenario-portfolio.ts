/**
 * What a scenario model sees of one underlying of one account, as columns that are filled again for every account and state.
 * Options by row with the expiry and strike they belong to; `linear` rows are futures, perpetuals and coins that move with spot.
 */
export type ScenarioPortfolio = {
  spotUsd: number;
  /** Of the dollar the account is settled in. */
  stablePriceUsd: number;
  options: number;
  readonly isCall: Uint8Array;
  /** 1 = paid in coin: worth Black / forward coins, counted in dollars at the spot of now. */
  readonly isInverse: Uint8Array;
  readonly expiryOf: Int32Array;
  readonly strikeOf: Int32Array;
  readonly strikeUsd: Float64Array;
  readonly volatility: Float64Array;
  /** Signed coins: quantity × contract size. */
  readonly optionCoins: Float64Array;
  expiries: number;
  readonly years: Float64Array;
  /** Forward = fixed part (already averaged towards settlement) + part that moves with spot. */
  readonly fixedForwardUsd: Float64Array;
  readonly movingForwardUsd: Float64Array;
  readonly ratePerYear: Float64Array;
  readonly expiryConfidence: Float64Array;
  strikes: number;
  linears: number;
  /** Signed value that the move is applied to. */
  readonly linearUsd: Float64Array;
  /** 1 = profit in coin, (1 − 1 / (1 + move)) of the value; else move × value. */
  readonly isLinearInverse: Uint8Array;
  /** 1 = a future or perpetual, which takes the grid's linear move and the contract add-on; 0 = coins that offset. */
  readonly isContract: Uint8Array;
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
    isContract: new Uint8Array(linears),
    addOnBaseUsd: real(linears),
    addOnMaintenance: real(linears),
    addOnInitial: real(linears),
  };
}
