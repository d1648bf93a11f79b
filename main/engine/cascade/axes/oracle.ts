import type { OracleRule } from '../../../domain/cascade-axes.ts';
import type { PackedBook } from '../../packed/packed-book.ts';

/*
 * Price feeds of the lending venues. Each asset has one, claims too. All have posted the last price before the shock just as it comes, which
 * leaves the longest way to the next heartbeat. Whoever is saved by a late post only waits: the cascade goes on until every feed has
 * posted a price at which nobody falls.
 */

/** Feeds under way. */
export type PriceFeed = {
  rule: OracleRule;
  /** Last posted price of each asset, USD. */
  readonly postedUsd: Float64Array;
  /** Rounds since the last post, by asset. */
  readonly age: Int32Array;
  /** The market's prices of the last lagRounds + 1 rounds, a ring: round r at row r mod (lagRounds + 1). */
  history: Float64Array;
};

/** Feeds for a packed book. */
export function makeFeed({ assets }: PackedBook): PriceFeed {
  return {
    rule: { heartbeatRounds: 1, deviationFraction: 0, lagRounds: 0 },
    postedUsd: new Float64Array(assets.count),
    age: new Int32Array(assets.count),
    history: new Float64Array(0),
  };
}

/** Back to the moment of the shock under a rule. */
export function restartFeed(feed: PriceFeed, rule: OracleRule, { assets, initial }: PackedBook): PriceFeed {
  const rows = rule.lagRounds + 1;
  feed.rule = rule;
  feed.postedUsd.set(initial.priceUsd);
  feed.age.fill(0);
  if (feed.history.length !== rows * assets.count) feed.history = new Float64Array(rows * assets.count);
  for (let row = 0; row < rows; row += 1) feed.history.set(initial.priceUsd, row * assets.count);
  return feed;
}

/** Takes the market's prices at the start of a round and posts where a feed must. */
export function postPrices(feed: PriceFeed, round: number, marketUsd: Float64Array): void {
  const { rule, postedUsd, age, history } = feed;
  const rows = rule.lagRounds + 1;
  history.set(marketUsd, (round % rows) * marketUsd.length);
  const seen = ((round + 1) % rows) * marketUsd.length;
  for (let asset = 0; asset < postedUsd.length; asset += 1) {
    const observed = history[seen + asset]!;
    const posted = postedUsd[asset]!;
    age[asset]! += 1;
    const deviation = Math.abs(observed - posted);
    if (deviation < rule.deviationFraction * posted && age[asset]! < rule.heartbeatRounds) continue;
    postedUsd[asset] = observed;
    age[asset] = 0;
  }
}
