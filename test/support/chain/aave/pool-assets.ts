/** What an asset of the test pool counts for; a mode of null = the efficiency mode does not take it. */
export type PoolAsset = {
  readonly name: string;
  readonly decimals: number;
  /** Price at the start, base units. */
  readonly priceBase: bigint;
  readonly loanToValueBps: bigint;
  readonly thresholdBps: bigint;
  readonly bonusBps: bigint;
  readonly protocolFeeBps: bigint;
  readonly isInMode: boolean;
  /** Debt against it alone is limited: the account is in isolation mode. */
  readonly isIsolated: boolean;
  readonly isBorrowableInIsolation: boolean;
  /** Rates per year in basis points: base, below and above the kink. */
  readonly ratesBps: readonly [number, number, number];
};

const usual = { isInMode: false, isIsolated: false, isBorrowableInIsolation: false, protocolFeeBps: 1_000n } as const;
const terms = (
  loanToValueBps: bigint,
  thresholdBps: bigint,
  bonusBps: bigint,
): Pick<PoolAsset, 'loanToValueBps' | 'thresholdBps' | 'bonusBps'> => ({ loanToValueBps, thresholdBps, bonusBps });

/** Assets by their number in the pool. */
export const POOL_ASSETS: readonly PoolAsset[] = [
  {
    ...usual,
    ...terms(7_500n, 7_800n, 10_450n),
    name: 'dollar',
    decimals: 6,
    priceBase: 99_990_000n,
    isBorrowableInIsolation: true,
    ratesBps: [0, 550, 6_000],
  },
  {
    ...usual,
    ...terms(8_050n, 8_300n, 10_500n),
    name: 'ether',
    decimals: 18,
    priceBase: 243_712_345_678n,
    isInMode: true,
    ratesBps: [0, 270, 8_000],
  },
  {
    ...usual,
    ...terms(7_300n, 7_800n, 10_625n),
    name: 'bitcoin',
    decimals: 8,
    priceBase: 6_812_399_999_983n,
    ratesBps: [100, 700, 30_000],
  },
  // Nobody borrows it: its supply earns nothing and its index stays one.
  {
    ...usual,
    ...terms(7_850n, 8_100n, 10_600n),
    name: 'staked',
    decimals: 18,
    priceBase: 288_000_000_000n,
    isInMode: true,
    protocolFeeBps: 2_000n,
    ratesBps: [0, 270, 8_000],
  },
  {
    ...usual,
    ...terms(5_000n, 6_500n, 11_000n),
    name: 'isolated',
    decimals: 12,
    priceBase: 733_330_017n,
    isIsolated: true,
    ratesBps: [0, 700, 20_000],
  },
  // Lent at no rate: with `staked` it makes health factors that are exactly one.
  {
    ...usual,
    ...terms(7_000n, 7_500n, 10_333n),
    name: 'flat',
    decimals: 18,
    priceBase: 100_000_000n,
    protocolFeeBps: 0n,
    ratesBps: [0, 0, 0],
  },
  // Lends nothing any more: its loan-to-value is set to 0 after the accounts are open.
  {
    ...usual,
    ...terms(5_500n, 6_001n, 10_750n),
    name: 'retired',
    decimals: 7,
    priceBase: 31_415_926n,
    isInMode: true,
    ratesBps: [300, 900, 9_000],
  },
];

/** The efficiency mode of the test pool. */
export const POOL_MODE = { id: 1, loanToValueBps: 9_300n, thresholdBps: 9_500n, bonusBps: 10_100n } as const;

/** Number of an asset by its name. */
export function assetNumber(name: string): number {
  return POOL_ASSETS.findIndex((asset) => asset.name === name);
}

/** An asset by its number. */
export function poolAsset(number: number): PoolAsset {
  const asset = POOL_ASSETS[number];
  if (asset === undefined) throw new Error(`the pool has no asset ${number}`);
  return asset;
}
