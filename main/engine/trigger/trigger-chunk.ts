import { placeLook, type PathMarket } from '../forecast/forecast-chunk.ts';
import { drawPath, looksOf, makePathWork, type PathModel, type PathSpan } from '../forecast/price-path.ts';
import { copyState } from '../packed/market-state.ts';
import { POSITION_KIND, type MarketState, type PackedBook } from '../packed/packed-book.ts';
import { sharedBook, type BookReference, type SharedValues } from '../scenario/shared-book.ts';
import { makeAccountPath, type AccountPath, type TriggerAccount } from './account-path.ts';
import { ORDER_STATS, runOrder, type OrderTerms } from './run-order.ts';

/** A range of draws through every order of a grid. */
export type TriggerChunk = BookReference & {
  readonly model: PathModel;
  readonly market: PathMarket;
  readonly span: PathSpan;
  readonly firstDraw: number;
  readonly draws: number;
  readonly account: number;
  readonly soldAsset: number;
  readonly repaidAsset: number;
  readonly rules: TriggerAccount;
  readonly terms: OrderTerms;
  /** X and Y of each order; X = 0: none. */
  readonly triggers: Float64Array;
  readonly targets: Float64Array;
};

/** Sums of the statistics over the chunk's draws, order × statistic. The same draws for every order. */
export function runTriggerChunk(input: TriggerChunk, shared: SharedValues): Float64Array {
  const packed = sharedBook(shared, input);
  const { model, span, triggers, targets } = input;
  const looks = looksOf(span);
  const width = packed.drivers.length + model.basisDailyVolatility.length;
  const work = makePathWork(model);
  const logFactors = new Float64Array(looks * width);
  const moves = new Float64Array(packed.drivers.length);
  const state = copyState(packed.initial);
  const path = makeAccountPath(looks);
  const stats = new Float64Array(triggers.length * ORDER_STATS);
  for (let k = 0; k < input.draws; k += 1) {
    const draw = input.firstDraw + k;
    drawPath(work, span, draw, logFactors);
    for (let look = 0; look < looks; look += 1) {
      placeLook(packed, input.market, logFactors.subarray(look * width, (look + 1) * width), { moves, state });
      placeAccount(packed, input, { state, look, days: (span.days * (look + 1)) / looks }, path);
    }
    for (let i = 0; i < triggers.length; i += 1)
      runOrder(
        path,
        input.rules,
        input.terms,
        { trigger: triggers[i]!, target: targets[i]!, seed: model.seed, draw },
        stats,
        i * ORDER_STATS,
      );
  }
  return stats;
}

/** The account at one look: what is sold and repaid by price, all else by value; debts grown by their interest. */
export function placeAccount(
  packed: PackedBook,
  { account, soldAsset, repaidAsset, market }: Pick<TriggerChunk, 'account' | 'soldAsset' | 'repaidAsset' | 'market'>,
  { state, look, days }: { readonly state: MarketState; readonly look: number; readonly days: number },
  out: AccountPath,
): void {
  const { positions, accounts } = packed;
  out.otherWeightedUsd[look] = 0;
  out.otherUsd[look] = 0;
  out.otherDebtUsd[look] = 0;
  out.collateralPriceUsd[look] = state.priceUsd[soldAsset]!;
  for (let p = accounts.positionStart[account]!; p < accounts.positionStart[account + 1]!; p += 1) {
    const asset = positions.asset[p]!;
    const isDebt = positions.kind[p] === POSITION_KIND.debt;
    const grown = isDebt ? 1 + (market.debtRatePerYear[p]! * days) / 365 : 1;
    if (isDebt && asset === repaidAsset) out.debtPriceUsd[look] = state.priceUsd[asset]! * grown;
    if (asset === (isDebt ? repaidAsset : soldAsset) || positions.isUnpriced[p] === 1) continue;
    const value = positions.quantity[p]! * state.priceUsd[asset]! * grown;
    if (isDebt) out.otherDebtUsd[look] -= value;
    else {
      out.otherUsd[look] += value;
      out.otherWeightedUsd[look] += value * positions.collateralFraction[p]!;
    }
  }
}
