import type { FallAttribution, FallFactor } from '../../engine/cascade/attribute-falls.ts';
import type { CascadeTrace } from '../../engine/scenario/trace-cascade.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { PackResult } from '../pack.ts';
import { sellsInto, type SaleReach } from './sale-reach.ts';
import { listing, percent, plural } from './words.ts';

/** Why an account fell: a sentence part, and the accounts and pools whose sales came first, nearest first. */
export type FallCause = { readonly because: string; readonly causes: readonly string[] };

/** What causes are told from: the traced cascade and where its sales went. */
export type ToldCascade = {
  readonly pack: PackResult;
  readonly snapshot: Snapshot;
  readonly trace: CascadeTrace;
  readonly sales: SaleReach;
};

/** A second factor is named when it weighs at least this share of the first. */
const WORTH_NAMING = 0.4;

/** Puts an attribution into words. */
export function fallCause(told: ToldCascade, attribution: FallAttribution): FallCause {
  const { pack, snapshot } = told;
  const [first, second] = attribution.factors;
  if (first === undefined) return { because: 'the shock itself', causes: [] };
  const named = second !== undefined && second.reliefUsd >= WORTH_NAMING * first.reliefUsd ? [first, second] : [first];
  const sellers = named.map((factor) => sellersInto(told, { asset: factor.asset, before: attribution.round }));
  const accounts = [...new Map(sellers.flatMap(({ own }) => own).map((seller) => [seller.id, seller])).values()].toSorted(
    (left, right) => right.round - left.round || right.soldUsd - left.soldUsd,
  );
  const pools = named.flatMap((factor) =>
    snapshot.depth.filter((pool) => pool.assetId === pack.assetIds[factor.asset]).map((pool) => pool.id),
  );
  return {
    because: named
      .map((factor, i) => factorWords(told, attribution.round, { factor, sellers: sellers[i] ?? { own: [], crowd: 0 } }))
      .join('; '),
    causes: [...new Set([...accounts.map((seller) => seller.id), ...pools])],
  };
}

type Sellers = {
  readonly own: readonly { readonly id: string; readonly round: number; readonly soldUsd: number }[];
  readonly crowd: number;
};

/** Own accounts and the number of crowd borrowers whose sales reached an asset's market before a round. */
function sellersInto({ pack, trace, sales }: ToldCascade, at: { asset: number; before: number }): Sellers {
  const { reach } = sales;
  const { packed } = pack;
  const { accounts, lending, assets } = packed;
  const own: { id: string; round: number; soldUsd: number }[] = [];
  for (let account = 0; account < accounts.count; account += 1) {
    const round = trace.result.fallenRound[account] ?? 0;
    if (round === 0 || round >= at.before) continue;
    const borrower = accounts.borrower[account] ?? -1;
    if (borrower >= 0 && !sellsInto(sales, borrower, at.asset)) continue;
    let soldUsd = 0;
    for (const each of trace.rounds) {
      if (each.round >= at.before) continue;
      for (let asset = 0; asset < assets.count; asset += 1) {
        if (reach[asset]?.has(at.asset) === true) soldUsd += each.soldByAccountUsd[account * assets.count + asset] ?? 0;
      }
    }
    if (soldUsd > 0) own.push({ id: pack.accountIds[account] ?? '', round, soldUsd });
  }
  let crowd = 0;
  for (let borrower = lending.ownCount; borrower < lending.count; borrower += 1) {
    const round = trace.result.borrowerFallenRound[borrower] ?? 0;
    if (round > 0 && round < at.before && sellsInto(sales, borrower, at.asset)) crowd += 1;
  }
  return { own: own.toSorted((left, right) => right.round - left.round || right.soldUsd - left.soldUsd), crowd };
}

function factorWords({ pack, trace }: ToldCascade, round: number, cause: { factor: FallFactor; sellers: Sellers }): string {
  const { factor, sellers } = cause;
  const asset = pack.assetIds[factor.asset] ?? '';
  const start = trace.rounds.find((each) => each.round === round);
  if (factor.kind === 'discount')
    return `${asset} ${percent(start?.startDiscountFraction[factor.asset] ?? 0, 1)} under ${backingName(pack, factor.asset)}`;
  if (factor.kind === 'loss') return `bad debt marks ${asset} down by ${percent(start?.startLossFraction[factor.asset] ?? 0, 1)}`;
  const hasRisen = (start?.startPriceUsd[factor.asset] ?? 0) > (trace.shockedState.priceUsd[factor.asset] ?? 0);
  return `${sellerWords(sellers)} ${hasRisen ? 'bought' : 'sold'} ${asset}`;
}

/** 'MKR-A and 67 others', '67 borrowers of the crowd', or 'others' where nobody is known by name or number. */
export function sellerWords({ own, crowd }: Sellers): string {
  const named = own.slice(0, 3).map((seller) => seller.id);
  const others = crowd + own.length - named.length;
  if (named.length === 0) return others > 0 ? `${others} ${plural(others, 'borrower')} of the crowd` : 'others';
  return listing(others > 0 ? [...named, `${others} ${plural(others, 'other')}`] : named);
}

/** What a claim's discount is measured against: its one backing, or 'its backing'. */
export function backingName(pack: PackResult, asset: number): string {
  const { backing } = pack.packed.assets;
  const from = backing.start[asset] ?? 0;
  return (backing.start[asset + 1] ?? 0) - from === 1 ? (pack.assetIds[backing.target[from] ?? 0] ?? 'its backing') : 'its backing';
}
