import type { Asset } from './asset.ts';
import type { Instrument } from './instrument.ts';

type Balance = Extract<Instrument, { assetId: string }>;

/** The kind under which an asset is simply held. */
function holdingKind({ kind }: Asset): Balance['kind'] {
  if (kind === 'wrapper' || kind === 'share') return kind;
  return 'spot';
}

/** The instrument of a balance: `spot:USDC`, `supplied:wstETH`, `borrowed:WETH`. What is simply held takes the kind of its asset. */
export function balanceInstrument(asset: Asset, as: 'held' | 'supplied' | 'borrowed'): Balance {
  const kind = as === 'held' ? holdingKind(asset) : as;
  const name = kind === 'supplied' || kind === 'borrowed' ? `${asset.id} ${kind}` : asset.id;
  return { kind, id: `${kind}:${asset.id}`, name, venueId: null, assetId: asset.id };
}

/** Every balance that the assets can be held, supplied or borrowed as, by id. */
export function balanceInstruments(assets: readonly Asset[]): ReadonlyMap<string, Instrument> {
  const uses = ['held', 'supplied', 'borrowed'] as const;
  return new Map(assets.flatMap((asset) => uses.map((use) => balanceInstrument(asset, use))).map((each) => [each.id, each]));
}
