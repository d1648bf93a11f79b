import { normalQuantile } from '../../math/normal.ts';

/**
 * The positions that stand on the winning side of a perpetual beside one's own: an assumption, since no venue publishes them. Leverage is
 * notional / account equity and lognormal; the gain before the shock is a share of the notional and exponential; both by size, independent.
 */
export type CounterpartyCrowd = {
  readonly leverage: Float64Array;
  readonly gainBeforeFraction: Float64Array;
  /** Size that is closed against bankrupt positions in a move of `eventMove`, as a share of the winning side; none up to `quietMove`. */
  readonly closedShareAtEvent: number;
  readonly eventMove: number;
  readonly quietMove: number;
};

/** What the crowd is drawn from. */
export type CrowdShape = { readonly medianLeverage: number; readonly leverageSpread: number; readonly meanGainBeforeFraction: number };

/** Positions of equal size: as many as make a rank known to half a percent. */
const POSITIONS = 256;

/** The crowd by quantiles, without chance: bases 2 and 3 of the van der Corput sequence spread leverage and gain over each other. */
export function makeCounterparties(
  shape: CrowdShape,
  event: Pick<CounterpartyCrowd, 'closedShareAtEvent' | 'eventMove' | 'quietMove'>,
): CounterpartyCrowd {
  const leverage = new Float64Array(POSITIONS);
  const gainBeforeFraction = new Float64Array(POSITIONS);
  for (let i = 0; i < POSITIONS; i += 1) {
    leverage[i] = shape.medianLeverage * Math.exp(shape.leverageSpread * normalQuantile(radicalInverse(i + 1, 2)));
    gainBeforeFraction[i] = -shape.meanGainBeforeFraction * Math.log(1 - radicalInverse(i + 1, 3));
  }
  return { ...event, leverage, gainBeforeFraction };
}

/** Share of the winning side that is closed once a price has moved so far: a straight line from quiet to the event and on, at most 1. */
export function closedShare(crowd: CounterpartyCrowd, move: number): number {
  const severity = (Math.abs(move) - crowd.quietMove) / (crowd.eventMove - crowd.quietMove);
  return Math.min(1, Math.max(0, crowd.closedShareAtEvent * severity));
}

/** Rank in the queue: profit / margin × leverage, where margin = notional / leverage; so gain share of the notional × leverage². */
export function queueScore(gainFraction: number, leverage: number): number {
  return gainFraction * leverage * leverage;
}

/** Share of the crowd's size that is closed before a position of this score: strictly higher scores. */
export function shareAhead(crowd: CounterpartyCrowd, move: number, score: number): number {
  let ahead = 0;
  for (let i = 0; i < crowd.leverage.length; i += 1) {
    if (queueScore(crowd.gainBeforeFraction[i]! + Math.abs(move), crowd.leverage[i]!) > score) ahead += 1;
  }
  return crowd.leverage.length === 0 ? 0 : ahead / crowd.leverage.length;
}

function radicalInverse(index: number, base: number): number {
  let value = 0;
  let step = 1 / base;
  for (let rest = index; rest > 0; rest = Math.floor(rest / base)) {
    value += (rest % base) * step;
    step /= base;
  }
  return value;
}
