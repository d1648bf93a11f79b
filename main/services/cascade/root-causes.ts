import type { RootCauses } from '../../contract/root-causes.ts';
import type { FallFactor } from '../../engine/cascade/attribute-falls.ts';
import { saleReasons, shareMove, type TracedSales } from '../../engine/cascade/causes/share-moves.ts';
import { traceFlows } from '../../engine/cascade/causes/trace-flows.ts';
import type { CascadeTrace } from '../../engine/scenario/trace-cascade.ts';
import { fallWords, moveWords, sellerWords } from './cause-words.ts';
import type { PackResult } from '../pack.ts';

/** What a cascade's causes and money flows are told from. */
export type CausesInput = {
  readonly pack: PackResult;
  readonly trace: CascadeTrace;
  readonly venues: readonly { readonly id: string; readonly name: string }[];
};

/** Traced sales with the route of every round's money. */
export function tracedSales({ pack, trace }: Pick<CausesInput, 'pack' | 'trace'>): TracedSales {
  const { packed } = pack;
  return {
    packed,
    shocked: trace.shockedState,
    final: trace.result.finalState,
    rounds: trace.rounds,
    flows: trace.rounds.map((round) => traceFlows(packed, round)),
  };
}

/** A share of a move below this is not told apart. */
const UNTOLD = 1e-9;

type Seller = RootCauses['sellers'][number];
type Move = RootCauses['moves'][number];
type Wanted = { readonly asset: number; readonly kind: FallFactor['kind']; readonly before: number };

/**
 * The causes of every fall back to the shock. A move up to a round rests on the sales before that round; a seller rests on the moves up to
 * the last round in which it sold, which is an earlier one, so that every chain ends at the shock.
 */
export function rootCauses(input: CausesInput, traced: TracedSales): RootCauses {
  const { pack, trace } = input;
  const moves = new Map<string, Move>();
  const sellers = new Map<string, Seller>();
  const waiting: Wanted[] = [];
  const want = (wanted: Wanted): string => {
    waiting.push(wanted);
    return moveId(pack, wanted);
  };
  const falls = trace.falls.map((fall) => ({
    accountId: pack.accountIds[fall.account] ?? '',
    round: fall.round,
    beforeUsd: fall.beforeUsd,
    shockUsd: fall.shockUsd,
    parts: fall.parts.map((part) => ({
      moveId: want({ asset: part.asset, kind: part.kind, before: fall.round }),
      excessUsd: part.excessUsd,
    })),
    restUsd: fall.restUsd,
    atFallUsd: fall.atFallUsd,
    words: fallWords(pack.accountIds[fall.account] ?? '', fall),
  }));
  for (let wanted = waiting.pop(); wanted !== undefined; wanted = waiting.pop()) {
    const id = moveId(pack, wanted);
    if (moves.has(id)) continue;
    const { before } = wanted;
    const { move, byCause, other } = shareMove(traced, wanted.asset, wanted.kind, before);
    const shares = [...byCause].flatMap((moved, cause) => {
      if (Math.abs(moved) <= UNTOLD * Math.abs(move)) return [];
      const sellerId = sellerKey(input, cause, before);
      if (!sellers.has(sellerId)) sellers.set(sellerId, seller({ ...input, traced, want }, { cause, before, id: sellerId }));
      return [{ sellerId, moved }];
    });
    const untold = move - other - shares.reduce((sum, share) => sum + share.moved, 0);
    moves.set(id, {
      id,
      assetId: pack.assetIds[wanted.asset] ?? '',
      kind: wanted.kind,
      beforeRound: before,
      moved: move,
      shares: shares.toSorted((left, right) => Math.abs(right.moved) - Math.abs(left.moved)),
      otherMoved: other + untold,
      words: moveWords(pack, wanted, move),
    });
  }
  return { falls, moves: [...moves.values()], sellers: [...sellers.values()] };
}

function moveId(pack: PackResult, { asset, kind, before }: Wanted): string {
  return `${pack.assetIds[asset] ?? ''} ${kind} before ${before}`;
}

/** Own accounts by id, the crowd by venue and by whether the shock alone put it below. */
function sellerKey({ pack, venues }: CausesInput, cause: number, before: number): string {
  const { count } = pack.packed.accounts;
  if (cause < count) return `${pack.accountIds[cause] ?? ''} before ${before}`;
  const place = cause - count;
  return `crowd of ${venues[place >> 1]?.id ?? ''} ${place % 2 === 0 ? 'at the shock' : 'later'} before ${before}`;
}

type Telling = CausesInput & { readonly traced: TracedSales; readonly want: (wanted: Wanted) => string };

function seller({ pack, trace, venues, traced, want }: Telling, who: { cause: number; before: number; id: string }): Seller {
  const { cause, before, id } = who;
  const { accounts, assets } = pack.packed;
  const isOwn = cause < accounts.count;
  const venue = venues[isOwn ? (accounts.venue[cause] ?? -1) : (cause - accounts.count) >> 1];
  const isLater = !isOwn && (cause - accounts.count) % 2 === 1;
  let soldUsd = 0;
  let last = 0;
  trace.rounds.forEach(({ round }, k) => {
    if (round >= before) return;
    for (let asset = 0; asset < assets.count; asset += 1) {
      const usd = Math.abs(traced.flows[k]?.enteredUsd[cause * assets.count + asset] ?? 0);
      soldUsd += usd;
      if (usd > 0) last = round;
    }
  });
  const kind = isOwn ? 'account' : isLater ? 'crowdLater' : 'crowdAtShock';
  return {
    id,
    kind,
    accountId: isOwn ? (pack.accountIds[cause] ?? null) : null,
    venueId: venue?.id ?? '',
    venueName: venue?.name ?? '',
    beforeRound: before,
    soldUsd,
    reasons: isLater
      ? saleReasons(traced, cause, before).map(({ asset, kind, share }) => ({ moveId: want({ asset, kind, before: last }), share }))
      : [],
    words: sellerWords(kind, isOwn ? (pack.accountIds[cause] ?? '') : (venue?.name ?? ''), soldUsd),
  };
}
