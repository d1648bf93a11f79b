import { randomUniform } from '../../../../main/engine/math/random.ts';
import { assetNumber, poolAsset, POOL_ASSETS, POOL_MODE } from './pool-assets.ts';

/** One deed of an account of the desk. */
export type Step = { readonly actor: bigint; readonly deed: number; readonly asset: bigint; readonly amount: bigint };

/** Numbers of the desk's deeds. */
const DEED = { supply: 0, borrow: 1, borrowShare: 2, mode: 3, collateral: 4 } as const;
/** Accounts of the book: the whale that lends everything is 0, the last one is rich in dollars and owes nothing. */
export const BOOK_ACCOUNTS = 66;
/** Account with an ample dollar supply and no debt. */
export const RICH_ACTOR = BOOK_ACCOUNTS - 1;

const [DOLLAR, ETHER, BITCOIN, STAKED, ISOLATED, FLAT, RETIRED] = [
  'dollar',
  'ether',
  'bitcoin',
  'staked',
  'isolated',
  'flat',
  'retired',
].map(assetNumber) as [number, number, number, number, number, number, number];

/** Uniform numbers from a seed, one after the other. */
export function drawFrom(seed: number): () => number {
  let index = 0;
  return () => randomUniform(seed, index++, 0);
}

/** Units of an asset worth so many dollars at the price of the start. */
export function unitsWorth(asset: number, usd: number): bigint {
  const { decimals, priceBase } = poolAsset(asset);
  return (BigInt(Math.round(usd * 1e4)) * 10n ** 4n * 10n ** BigInt(decimals)) / priceBase;
}

/** Deeds of a book in rounds, each of them later than the one before. */
export function randomBook(seed: number, rounds: number): Step[][] {
  const draw = drawFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T;
  const between = (low: number, high: number): number => low + draw() * (high - low);
  const book: Step[][] = Array.from({ length: rounds }, () => []);
  const add = (round: number, actor: number, deed: number, asset: number, amount: bigint): void => {
    book[round]?.push({ actor: BigInt(actor), deed, asset: BigInt(asset), amount });
  };
  for (const asset of POOL_ASSETS.keys()) add(0, 0, DEED.supply, asset, unitsWorth(asset, asset === DOLLAR ? 3e9 : 2e8));
  for (const asset of [DOLLAR, ETHER, BITCOIN, FLAT, RETIRED]) add(0, 0, DEED.borrow, asset, unitsWorth(asset, between(1e7, 1.75e8)));
  add(1, RICH_ACTOR, DEED.supply, DOLLAR, unitsWorth(DOLLAR, 1e8));
  for (let actor = 1; actor < RICH_ACTOR; actor += 1) {
    const round = Math.floor(between(0, rounds - 2));
    const supply = (asset: number, usd: number): void =>
      add(round, actor, DEED.supply, asset, unitsWorth(asset, usd) + BigInt(Math.floor(draw() * 99)));
    const borrow = (asset: number, low: number, high: number): void =>
      add(Math.floor(between(round + 1, rounds)), actor, DEED.borrowShare, asset, BigInt(Math.floor(between(low, high))));
    const usd = 10 ** between(3.2, 7);
    switch (actor % 8) {
      case 1:
        for (const asset of [pick([DOLLAR, ETHER]), pick([BITCOIN, STAKED, FLAT]), RETIRED]) supply(asset, usd * between(0.1, 1));
        for (const asset of [DOLLAR, pick([ETHER, FLAT]), pick([BITCOIN, RETIRED])]) borrow(asset, 2_000, 7_000);
        break;
      case 2:
        supply(pick([ETHER, BITCOIN, STAKED, DOLLAR]), between(1_300, 6_000));
        borrow(pick([DOLLAR, FLAT, RETIRED]), 7_000, 9_990);
        break;
      case 3:
        add(round, actor, DEED.mode, 0, BigInt(POOL_MODE.id));
        for (const asset of [STAKED, pick([ETHER, DOLLAR, BITCOIN, RETIRED])]) supply(asset, usd * between(0.05, 1));
        borrow(ETHER, 6_000, 9_990);
        break;
      case 4:
        supply(ISOLATED, usd);
        add(round, actor, DEED.collateral, ISOLATED, 1n);
        supply(ETHER, usd);
        borrow(DOLLAR, 5_000, 9_990);
        break;
      case 5:
        // With no interest on either side: a health factor of exactly one at a round price.
        add(round, actor, DEED.supply, STAKED, BigInt(100 * actor) * 10n ** 18n);
        add(round + 1, actor, DEED.borrow, FLAT, BigInt(8_100 * actor) * 10n ** 18n);
        break;
      case 6:
        supply(pick([DOLLAR, ETHER, BITCOIN, STAKED]), usd);
        if (draw() < 0.5) supply(FLAT, usd * draw());
        if (draw() < 0.7) borrow(pick([DOLLAR, ETHER, BITCOIN]), 5_000, 9_990);
        break;
      case 7:
        for (const asset of [ETHER, DOLLAR]) supply(asset, usd * between(0.2, 1));
        for (const asset of [ETHER, DOLLAR]) borrow(asset, 4_000, 8_000);
        break;
      default:
        supply(pick([DOLLAR, BITCOIN, STAKED]), usd);
    }
  }
  return book;
}
