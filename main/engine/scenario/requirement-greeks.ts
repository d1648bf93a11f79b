import { driverLoadings, fillGreeks, makeAccountGreeks, type AccountGreeks } from '../packed/greeks/account-greeks.ts';
import { FAMILY, POSITION_KIND, type PackedBook } from '../packed/packed-book.ts';
import { TIERED_GREEK, TIERED_GREEKS, tieredGreeks } from '../requirement/greeks/tiered-greeks.ts';
import { scenarioSwitches, type ScenarioSwitches } from './scenario-switches.ts';
import { sharedBook, type BookReference, type SharedValues } from './shared-book.ts';

/**
 * The next change of a tier when a driver moves, account × driver. Between two of them a tiered requirement is linear in the price;
 * NaN and −1 where no position of the account has a schedule on that driver.
 */
export type TierSwitches = {
  readonly upLogMove: Float64Array;
  readonly upPosition: Int32Array;
  readonly downLogMove: Float64Array;
  readonly downPosition: Int32Array;
  /** Jump of the excess's slope in log price exactly here, USD: below zero where a position stands at a cap, else 0. */
  readonly slopeJumpUsd: Float64Array;
};

/** Greeks of the book now, and how far the next tiers are. */
export type RequirementGreeks = {
  readonly greeks: AccountGreeks;
  readonly switches: TierSwitches;
  readonly scenarios: ScenarioSwitches;
  /** Change of every asset's price per unit of log move of every driver, USD, asset × driver. */
  readonly loadings: Float64Array;
};

/** Closed-form Greeks of every own account at the packed market. */
export function requirementGreeks(input: BookReference, shared: SharedValues): RequirementGreeks {
  const packed = sharedBook(shared, input);
  const greeks = makeAccountGreeks(packed.accounts.count, packed.drivers.length);
  const loadings = driverLoadings(packed, packed.initial);
  fillGreeks(packed, packed.initial, loadings, greeks);
  return { greeks, switches: tierSwitches(packed), scenarios: scenarioSwitches(packed), loadings };
}

const tiered = new Float64Array(TIERED_GREEKS);

/** Nearest tiers up and down of every account and driver. Only positions on the driver itself have a notional that moves exactly with it. */
export function tierSwitches(packed: PackedBook): TierSwitches {
  const { positions, accounts, initial, drivers, tiers } = packed;
  const size = accounts.count * drivers.length;
  const out: TierSwitches = {
    upLogMove: new Float64Array(size).fill(NaN),
    upPosition: new Int32Array(size).fill(-1),
    downLogMove: new Float64Array(size).fill(NaN),
    downPosition: new Int32Array(size).fill(-1),
    slopeJumpUsd: new Float64Array(size),
  };
  for (let p = 0; p < positions.count; p += 1) {
    const account = positions.account[p]!;
    const driver = drivers.indexOf(positions.asset[p]!);
    const isMoving = positions.kind[p]! > POSITION_KIND.debt && positions.kind[p] !== POSITION_KIND.inverseFuture;
    const rows = positions.tierCount[p]!;
    if (driver < 0 || rows === 0 || !isMoving || accounts.family[account] !== FAMILY.tieredPerpetual || positions.isUnpriced[p] === 1)
      continue;
    const ratio = positions.kind[p] === POSITION_KIND.linearFuture ? positions.forwardRatio[p]! : 1;
    const mark = initial.priceUsd[positions.asset[p]!]! * ratio;
    tieredGreeks(positions.quantity[p]! * positions.contractSize[p]!, mark, tiers, positions.tierFrom[p]!, rows, tiered);
    const at = account * drivers.length + driver;
    const up = tiered[TIERED_GREEK.logMoveToHigher]!;
    const down = tiered[TIERED_GREEK.logMoveToLower]!;
    out.slopeJumpUsd[at]! += tiered[TIERED_GREEK.marginSlopeUsd]! - tiered[TIERED_GREEK.marginSlopeRightUsd]!;
    if (up < out.upLogMove[at]! || (out.upPosition[at]! < 0 && !Number.isNaN(up))) {
      out.upLogMove[at] = up;
      out.upPosition[at] = p;
    }
    if (down > out.downLogMove[at]! || (out.downPosition[at]! < 0 && !Number.isNaN(down))) {
      out.downLogMove[at] = down;
      out.downPosition[at] = p;
    }
  }
  return out;
}
