/** Pledges and releases in order of time: quantity above zero is pledged, below zero released, in units of the asset. */
export type PledgeLog = { readonly atMs: Float64Array; readonly asset: Int32Array; readonly quantity: Float64Array };

/** What stood pledged when the log begins, by asset, and the price at which all is counted, USD. */
export type PledgeBasis = { readonly openingQuantity: Float64Array; readonly priceUsd: Float64Array };

/** Collateral received over a window and where it came from, USD; velocity = received / primary, NaN where nothing was pledged. */
export type CollateralVelocity = { readonly receivedUsd: number; readonly primaryUsd: number; readonly velocity: number };

/** Less than this share of a quantity is rounding. */
const DUST = 1e-12;

/**
 * Collateral velocity over a window: everything pledged at its start or during it, over what of it came from outside. A unit that was
 * released in the window and pledged again is received twice and came from outside once; units freed first are used first, so a
 * never re-used book has velocity 1. Quantities of one asset are alike, so which freed lot is taken does not change the sum.
 *
 * @param fromMs start of the window; events at or before it belong to what stood then
 * @param untilMs end of the window, included
 * Source: M. Singh, "Velocity of pledged collateral", IMF Working Paper 11/256 (2011): received fit for re-use over primary source.
 */
export function collateralVelocity(log: PledgeLog, basis: PledgeBasis, fromMs: number, untilMs: number): CollateralVelocity {
  const assets = basis.priceUsd.length;
  const standing = basis.openingQuantity.slice();
  const freed = new Float64Array(assets);
  const received = new Float64Array(assets);
  const primary = new Float64Array(assets);
  const events = log.atMs.length;
  let event = 0;
  for (; event < events && log.atMs[event]! <= fromMs; event += 1) standing[log.asset[event]!]! += log.quantity[event]!;
  for (let asset = 0; asset < assets; asset += 1) {
    received[asset] = Math.max(0, standing[asset]!);
    primary[asset] = received[asset]!;
  }
  for (; event < events && log.atMs[event]! <= untilMs; event += 1) {
    const asset = log.asset[event]!;
    const quantity = log.quantity[event]!;
    if (quantity < 0) freed[asset]! -= quantity;
    else {
      const reused = Math.min(quantity, freed[asset]!);
      freed[asset]! -= reused;
      received[asset]! += quantity;
      primary[asset]! += quantity - reused > DUST * quantity ? quantity - reused : 0;
    }
  }
  let receivedUsd = 0;
  let primaryUsd = 0;
  for (let asset = 0; asset < assets; asset += 1) {
    receivedUsd += received[asset]! * basis.priceUsd[asset]!;
    primaryUsd += primary[asset]! * basis.priceUsd[asset]!;
  }
  return { receivedUsd, primaryUsd, velocity: primaryUsd > 0 ? receivedUsd / primaryUsd : NaN };
}
