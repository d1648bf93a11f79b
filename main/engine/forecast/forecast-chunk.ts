import { refreshClaimPrices } from '../packed/claim-prices.ts';
import { evaluateAccount, makeAccountMeasures } from '../packed/evaluate-accounts.ts';
import { assignState, copyState } from '../packed/market-state.ts';
import { ASSET_KIND, type MarketState, type PackedBook } from '../packed/packed-book.ts';
import { commonMove } from '../scenario/history-moves.ts';
import { sharedBook, type BookReference, type SharedValues } from '../scenario/shared-book.ts';
import { agedBook } from './aged-book.ts';
import { drawPath, looksOf, makePathWork, type PathModel, type PathSpan } from './price-path.ts';

/** What turns a path into a market of the book. */
export type PathMarket = {
  /** Claims against what backs them and stables against the dollar, in the order of the model's bases. */
  readonly basisAssets: Int32Array;
  readonly betas: Float64Array;
  readonly volatilityPerMove: number;
  /** By position: what a debt grows by in a year. */
  readonly debtRatePerYear: Float64Array;
};

/** A range of draws of one span. */
export type ForecastChunk = BookReference & {
  readonly model: PathModel;
  readonly market: PathMarket;
  readonly span: PathSpan;
  readonly firstDraw: number;
  readonly draws: number;
  /** Own accounts that are valued, by index. */
  readonly accounts: Int32Array;
  /** The same book under rules that hold from so many days ahead on; null = none change. */
  readonly later: { readonly packedId: string; readonly fromDays: number } | null;
};

/** Draw × account in the order asked for, USD; and where the drivers ended, draw × driver. */
export type ForecastTable = {
  readonly endRequirementUsd: Float64Array;
  readonly endExcessUsd: Float64Array;
  /** Lowest excess at any look of the path, its end included. */
  readonly leastExcessUsd: Float64Array;
  readonly endMoves: Float64Array;
  readonly endVolatilityShift: Float64Array;
};

/** Values the accounts along every path of a chunk with the rules as they apply there; nobody reacts. A draw depends on the seed and its number only. */
export function runForecastChunk(input: ForecastChunk, shared: SharedValues): ForecastTable {
  const packed = sharedBook(shared, input);
  const { model, market, span, accounts, draws } = input;
  const drivers = packed.drivers.length;
  const looks = looksOf(span);
  const width = drivers + model.basisDailyVolatility.length;
  const books = booksAlong(input, packed, shared);
  const work = makePathWork(model);
  const path = new Float64Array(looks * width);
  const moves = new Float64Array(drivers);
  const state = copyState(packed.initial);
  const measures = makeAccountMeasures(packed.accounts.count);
  const column = (rows: number): Float64Array => new Float64Array(draws * rows);
  const table: ForecastTable = {
    endRequirementUsd: column(accounts.length),
    endExcessUsd: column(accounts.length),
    leastExcessUsd: column(accounts.length).fill(Infinity),
    endMoves: column(drivers),
    endVolatilityShift: column(1),
  };
  for (let draw = 0; draw < draws; draw += 1) {
    drawPath(work, span, input.firstDraw + draw, path);
    for (let look = 0; look < looks; look += 1) {
      placeLook(packed, market, path.subarray(look * width, (look + 1) * width), { moves, state });
      for (let a = 0; a < accounts.length; a += 1) {
        const account = accounts[a]!;
        evaluateAccount(books[look]!, account, state, measures);
        const excess = measures.excessUsd[account]!;
        const at = draw * accounts.length + a;
        // A NaN excess is a breach and stays one.
        if (!(excess >= table.leastExcessUsd[at]!)) table.leastExcessUsd[at] = excess;
        table.endExcessUsd[at] = excess;
        table.endRequirementUsd[at] = measures.requirementUsd[account]!;
      }
    }
    table.endMoves.set(moves, draw * drivers);
    table.endVolatilityShift[draw] = state.volatilityShift - packed.initial.volatilityShift;
  }
  return table;
}

/** The book as it stands at each look: aged, and under the rules that hold by then. */
function booksAlong({ span, market, later, quantities }: ForecastChunk, packed: PackedBook, shared: SharedValues): PackedBook[] {
  const changed = later === null ? packed : sharedBook(shared, { packedId: later.packedId, quantities });
  const looks = looksOf(span);
  return Array.from({ length: looks }, (_, look) => {
    const days = (span.days * (look + 1)) / looks;
    return agedBook(later !== null && days >= later.fromDays ? changed : packed, days, market.debtRatePerYear);
  });
}

/** The market at one look: drivers and bases moved, implied volatility up with a common fall and given no relief, claims priced again. */
export function placeLook(
  packed: PackedBook,
  market: PathMarket,
  logFactors: Float64Array,
  { moves, state }: { readonly moves: Float64Array; readonly state: MarketState },
): void {
  const { drivers, assets, initial } = packed;
  assignState(state, initial);
  for (let d = 0; d < drivers.length; d += 1) {
    moves[d] = Math.expm1(logFactors[d]!);
    state.priceUsd[drivers[d]!]! *= 1 + moves[d]!;
  }
  for (let b = 0; b < market.basisAssets.length; b += 1) {
    const asset = market.basisAssets[b]!;
    const factor = Math.exp(logFactors[drivers.length + b]!);
    if (assets.kind[asset] === ASSET_KIND.stable) state.priceUsd[asset]! *= factor;
    else state.discountFraction[asset] = 1 - (1 - initial.discountFraction[asset]!) * factor;
  }
  state.volatilityShift = initial.volatilityShift + Math.max(0, market.volatilityPerMove * commonMove(market.betas, moves));
  refreshClaimPrices(assets, state);
}
