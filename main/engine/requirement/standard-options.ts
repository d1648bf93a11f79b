/*
 * Deribit standard margin. Options and inverse futures are margined in coin per contract of one coin.
 * Source: support.deribit.com "Linear Perpetual", and the option formulas of the page named in the venue's parameters.
 */

/**
 * Initial margin of a short option, coins per coin of size:
 * max(initial − out-of-the-money amount / underlying, floor) + mark; for a put not less than its maintenance margin.
 * A long option needs none (the premium is paid).
 *
 * @param underlying mark price of the expiry's future, USD, > 0
 * @param markCoin option mark price, coins
 * @param initialFraction e.g. 0.15
 * @param floorFraction e.g. 0.10
 * @param maintenanceFraction e.g. 0.075
 */
export function shortOptionInitialCoin(
  isCall: boolean,
  underlying: number,
  strike: number,
  markCoin: number,
  initialFraction: number,
  floorFraction: number,
  maintenanceFraction: number,
): number {
  const outOfTheMoney = Math.max(0, isCall ? strike - underlying : underlying - strike);
  const initial = Math.max(initialFraction - outOfTheMoney / underlying, floorFraction) + markCoin;
  return isCall ? initial : Math.max(initial, shortOptionMaintenanceCoin(false, markCoin, maintenanceFraction));
}

/**
 * Maintenance margin of a short option, coins per coin of size: maintenance + mark for a call,
 * max(maintenance, maintenance × mark) + mark for a put, whose coin price passes one when it is deep in the money.
 */
export function shortOptionMaintenanceCoin(isCall: boolean, markCoin: number, maintenanceFraction: number): number {
  return (isCall ? maintenanceFraction : Math.max(maintenanceFraction, maintenanceFraction * markCoin)) + markCoin;
}

/**
 * Margin rate of a future or perpetual: base + slope × |size in coins|. The same form for initial and maintenance.
 *
 * @param slopePerCoin added fraction per coin, e.g. 0.00005
 */
export function futureMarginRate(baseFraction: number, slopePerCoin: number, sizeCoin: number): number {
  return baseFraction + slopePerCoin * Math.abs(sizeCoin);
}

/** Margin of a dollar-settled future or perpetual, USD: rate × |size| × index. */
export function linearFutureMarginUsd(baseFraction: number, slopePerCoin: number, sizeCoin: number, indexPrice: number): number {
  return futureMarginRate(baseFraction, slopePerCoin, sizeCoin) * Math.abs(sizeCoin) * indexPrice;
}

/** Margin of a coin-settled future or perpetual, coins: rate × |face value| / mark. */
export function inverseFutureMarginCoin(baseFraction: number, slopePerCoin: number, quantityUsd: number, markPrice: number): number {
  const sizeCoin = Math.abs(quantityUsd) / markPrice;
  return futureMarginRate(baseFraction, slopePerCoin, sizeCoin) * sizeCoin;
}

/**
 * Volatility shift of the portfolio margin grid, as a share of the volatility: (30 / days)^power × base.
 *
 * @param days to expiry, > 0; shorter options are shifted more
 */
export function portfolioVolatilityShift(days: number, baseFraction: number, power: number): number {
  return (30 / days) ** power * baseFraction;
}
