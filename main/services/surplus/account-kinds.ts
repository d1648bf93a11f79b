import { ASSET_KIND, POSITION_KIND } from '../../engine/packed/packed-book.ts';
import type { PackResult } from '../pack.ts';

const DOLLARS = 'Dollars';
const NOTHING = 'Nothing held';

/**
 * What an account stands on: the market into which most of its collateral would be sold. A wrapper without a market of its own counts as
 * what it is redeemed for (WETH as ETH, wstETH as stETH); all stables together are dollars.
 */
export function collateralKind(pack: PackResult, account: number): string {
  return largestKind(pack, account, (kind, quantity) => kind === POSITION_KIND.holding && quantity > 0) ?? NOTHING;
}

/**
 * What an account does, where no note says so: options, futures, a loop (owes what it holds, as staked ether against ether), loans against
 * collateral, or holdings.
 */
export function strategyKind(pack: PackResult, account: number): string {
  const { positions, accounts } = pack.packed;
  let hasDebt = false;
  let hasFuture = false;
  for (let p = accounts.positionStart[account] ?? 0; p < (accounts.positionStart[account + 1] ?? 0); p += 1) {
    const kind = positions.kind[p] ?? 0;
    if (positions.quantity[p] === 0) continue;
    if (kind >= POSITION_KIND.linearOption) return 'Options';
    if (kind >= POSITION_KIND.linearFuture) hasFuture = true;
    if (kind === POSITION_KIND.debt) hasDebt = true;
  }
  if (hasFuture) return 'Futures';
  if (!hasDebt) return 'Holdings';
  const held = baseOf(
    pack,
    largestAsset(pack, account, (kind, quantity) => kind === POSITION_KIND.holding && quantity > 0),
  );
  const owed = baseOf(
    pack,
    largestAsset(pack, account, (kind) => kind === POSITION_KIND.debt),
  );
  return held === owed && held !== DOLLARS ? 'Loops' : 'Loans';
}

type Counts = (kind: number, quantity: number) => boolean;

function largestKind(pack: PackResult, account: number, counts: Counts): string | null {
  const asset = largestAsset(pack, account, counts);
  return asset < 0 ? null : marketName(pack, asset);
}

/** Asset with the largest value among the positions that count, or −1. */
function largestAsset({ packed }: PackResult, account: number, counts: Counts): number {
  const { positions, accounts, initial } = packed;
  let largest = -1;
  let most = 0;
  for (let p = accounts.positionStart[account] ?? 0; p < (accounts.positionStart[account + 1] ?? 0); p += 1) {
    const quantity = positions.quantity[p] ?? 0;
    const asset = positions.asset[p] ?? 0;
    const usd = Math.abs(quantity) * (initial.priceUsd[asset] ?? 0);
    if (!counts(positions.kind[p] ?? 0, quantity) || usd <= most) continue;
    most = usd;
    largest = asset;
  }
  return largest;
}

/** Name of the market an asset is sold into, following wrappers that have none. */
function marketName({ packed: { assets }, assetIds }: PackResult, asset: number): string {
  let at = asset;
  while (assets.kind[at] === ASSET_KIND.wrapper && (assets.pool[at] ?? -1) < 0) {
    const next = assets.backing.target[assets.backing.start[at] ?? 0];
    if (next === undefined) break;
    at = next;
  }
  return assets.kind[at] === ASSET_KIND.stable ? DOLLARS : (assetIds[at] ?? '');
}

/** The base asset, or dollars, that most of an asset's value looks through to. */
function baseOf({ packed: { assets, initial }, assetIds }: PackResult, asset: number): string {
  if (asset < 0) return NOTHING;
  if (assets.kind[asset] === ASSET_KIND.stable) return DOLLARS;
  if (assets.kind[asset] === ASSET_KIND.base) return assetIds[asset] ?? '';
  let best = DOLLARS;
  let most = 0;
  for (let base = 0; base < assets.count; base += 1) {
    const usd = (assets.lookThroughUnits[asset * assets.count + base] ?? 0) * (initial.priceUsd[base] ?? 0);
    if (usd <= most) continue;
    most = usd;
    best = assets.kind[base] === ASSET_KIND.stable ? DOLLARS : (assetIds[base] ?? '');
  }
  return best;
}
