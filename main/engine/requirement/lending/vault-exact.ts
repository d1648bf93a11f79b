/*
 * Start of a vault's auction in the contract's own integers: wad (10^18), ray (10^27), rad (10^45).
 * Source: makerdao/dss, Dog.bark.
 */
import { WAD } from '../../math/fixed-point.ts';

/** An unsafe vault and the limits of its auction house. */
export type VaultAuction = {
  /** Collateral, wad. */
  readonly ink: bigint;
  /** Normalised debt, wad. */
  readonly art: bigint;
  /** Accumulated rate, ray. */
  readonly rate: bigint;
  /** Price divided by the liquidation ratio, ray; 0 where there is no price. */
  readonly spot: bigint;
  /** Penalty factor, wad. */
  readonly chop: bigint;
  /** What may still be put up for auction, rad. */
  readonly room: bigint;
  /** Smallest vault, rad. */
  readonly dust: bigint;
};

/** What goes to auction, or why nothing does. */
export type VaultAuctionOutcome =
  | { readonly status: 'notUnsafe' | 'limitHit' | 'leavesDust' | 'nullAuction' }
  | { readonly status: 'ok'; readonly dink: bigint; readonly dart: bigint; readonly tab: bigint };

/**
 * Collateral (dink), normalised debt (dart) and amount to raise (tab, rad) of an auction: as much as the room allows, or the
 * whole vault when the rest would be smaller than dust.
 */
export function startVaultAuction(vault: VaultAuction): VaultAuctionOutcome {
  const { ink, art, rate, spot, chop, room, dust } = vault;
  // Without a price the contract takes no vault for unsafe.
  if (spot <= 0n || ink * spot >= art * rate) return { status: 'notUnsafe' };
  if (room <= 0n || room < dust) return { status: 'limitHit' };
  const allowed = (room * WAD) / rate / chop;
  let dart = allowed < art ? allowed : art;
  if (art > dart && (art - dart) * rate < dust) dart = art;
  else if (art > dart && dart * rate < dust) return { status: 'leavesDust' };
  const dink = (ink * dart) / art;
  if (dink <= 0n) return { status: 'nullAuction' };
  return { status: 'ok', dink, dart, tab: (dart * rate * chop) / WAD };
}
