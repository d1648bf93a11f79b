import { ASSET_KIND, type PackedBook } from '../../packed/packed-book.ts';
import type { RoundTrace } from '../cascade-types.ts';

/** Where the sales of one round went, by cause. Matrices row-major. */
export type RoundFlows = {
  /** Units that each cause put into each market, cause × pool; buying is negative. A market's column adds up to its net sale. */
  readonly netQuantity: Float64Array;
  /** Handed over by a cause at the round's prices, cause × asset, USD. */
  readonly enteredUsd: Float64Array;
  /** Went on from one asset's market or redemption to the next, asset × asset, USD. */
  readonly passedUsd: Float64Array;
  /** Reached what the debt is repaid in, asset × cause, USD. */
  readonly repaidUsd: Float64Array;
  /** Spent on buying the driver in which a debt is owed, asset × driver, USD. */
  readonly boughtUsd: Float64Array;
  /** Given away to whoever takes the other side, by asset, USD: impact at the average price, fees, and what a claim's backing has lost. */
  readonly lostUsd: Float64Array;
};

/**
 * Follows every cause's sales of one round along the same routes as the cascade's own settlement. Given the share that each market
 * keeps, the routes are linear, so that the causes' parts add up to the whole exactly: the same as the Aumann-Shapley value of a price
 * that depends on the sum of the sales only.
 *
 * Source: R. Aumann and L. Shapley, *Values of non-atomic games* (1974); the share of each in a function of the sum is its share of the sum.
 */
export function traceFlows(packed: PackedBook, round: RoundTrace): RoundFlows {
  const { assets, depth, drivers } = packed;
  const causes = round.sales.causes;
  const flows: RoundFlows = {
    netQuantity: new Float64Array(causes * depth.count),
    enteredUsd: new Float64Array(causes * assets.count),
    passedUsd: new Float64Array(assets.count * assets.count),
    repaidUsd: new Float64Array(assets.count * causes),
    boughtUsd: new Float64Array(assets.count * drivers.length),
    lostUsd: new Float64Array(assets.count),
  };
  const running = round.sales.entered.slice();
  const targets = drivers.length + 1;
  for (let cause = 0; cause < causes; cause += 1) {
    for (let asset = 0; asset < assets.count; asset += 1) {
      for (let t = 0; t < targets; t += 1) {
        flows.enteredUsd[cause * assets.count + asset]! +=
          running[(cause * assets.count + asset) * targets + t]! * round.startPriceUsd[asset]!;
      }
    }
    for (let i = 0; i < assets.saleOrder.length; i += 1) passCause({ packed, round, flows, running }, cause, assets.saleOrder[i]!);
  }
  return flows;
}

type Pass = { readonly packed: PackedBook; readonly round: RoundTrace; readonly flows: RoundFlows; readonly running: Float64Array };

/** One cause's sales of one asset: into its market, on to what was received, or redeemed for the backing. */
function passCause({ packed, round, flows, running }: Pass, cause: number, asset: number): void {
  const { assets, depth, drivers } = packed;
  const targets = drivers.length + 1;
  const price = round.startPriceUsd[asset]!;
  const pool = assets.pool[asset]!;
  const quote = pool >= 0 ? depth.quote[pool]! : -1;
  const kept = pool >= 0 ? round.sales.keptFraction[asset]! : 1;
  const isRedeemed = pool < 0 && assets.backing.start[asset + 1]! > assets.backing.start[asset]!;
  for (let t = 0; t < targets; t += 1) {
    const quantity = running[(cause * assets.count + asset) * targets + t]!;
    if (quantity === 0) continue;
    const valueUsd = quantity * price;
    if (t < drivers.length && drivers[t] === asset) {
      flows.repaidUsd[asset * round.sales.causes + cause]! += valueUsd;
      continue;
    }
    if (pool >= 0) flows.netQuantity[cause * depth.count + pool]! += quantity;
    if (isRedeemed) {
      redeemCause({ packed, round, flows, running }, { cause, asset, target: t, quantity });
      continue;
    }
    flows.lostUsd[asset]! += valueUsd * (1 - kept);
    if (quote >= 0) {
      running[(cause * assets.count + quote) * targets + t]! += (quantity * kept * price) / round.startPriceUsd[quote]!;
      flows.passedUsd[asset * assets.count + quote]! += valueUsd * kept;
    } else if (t < drivers.length && (pool >= 0 || assets.kind[asset] === ASSET_KIND.stable)) {
      const market = assets.pool[drivers[t]!]!;
      const priceBought = round.startPriceUsd[drivers[t]!]!;
      if (market >= 0 && priceBought > 0) flows.netQuantity[cause * depth.count + market]! -= (valueUsd * kept) / priceBought;
      flows.boughtUsd[asset * drivers.length + t]! += valueUsd * kept;
    } else flows.repaidUsd[asset * round.sales.causes + cause]! += valueUsd * kept;
  }
}

function redeemCause(
  { packed, round, flows, running }: Pass,
  sale: { readonly cause: number; readonly asset: number; readonly target: number; readonly quantity: number },
): void {
  const { assets, drivers } = packed;
  const targets = drivers.length + 1;
  const { cause, asset, target, quantity } = sale;
  let leftUsd = quantity * round.startPriceUsd[asset]!;
  for (let e = assets.backing.start[asset]!; e < assets.backing.start[asset + 1]!; e += 1) {
    const backing = assets.backing.target[e]!;
    const received = quantity * (1 - round.startLossFraction[asset]!) * assets.backing.weight[e]!;
    running[(cause * assets.count + backing) * targets + target]! += received;
    flows.passedUsd[asset * assets.count + backing]! += received * round.startPriceUsd[backing]!;
    leftUsd -= received * round.startPriceUsd[backing]!;
  }
  flows.lostUsd[asset]! += leftUsd;
}
