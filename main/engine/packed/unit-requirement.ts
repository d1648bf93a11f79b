import { FAMILY, POSITION_KIND, type MarketState, type PackedBook } from './packed-book.ts';
import { positionRequirement } from './position-value.ts';
import { scenarioStandalone } from './scenario-account.ts';
import { standardStandalone } from './standard-account.ts';

/** Whether the options and futures of an account are judged together, so that a position's own requirement is not its share of it. */
export function isJudgedWhole(family: number): boolean {
  return family >= FAMILY.scenarioMargin;
}

/**
 * Maintenance and initial requirement of some units of a position as if they were alone in the account, USD. Where an account is
 * judged whole this is the most that adding them can take, since netting only ever lowers it.
 *
 * @param unit what `valueUnit` gave for the position in the same state
 */
export function unitRequirement(
  packed: PackedBook,
  position: number,
  quantity: number,
  state: MarketState,
  unit: Float64Array,
  out: Float64Array,
): void {
  const { positions, accounts } = packed;
  const family = accounts.family[positions.account[position]!]!;
  if (!isJudgedWhole(family)) {
    positionRequirement(packed, position, quantity, state, unit, out);
    return;
  }
  out[0] = 0;
  out[1] = 0;
  if (quantity === 0 || positions.kind[position]! <= POSITION_KIND.debt || positions.isUnpriced[position] === 1) return;
  if (family === FAMILY.scenarioMargin) scenarioStandalone(packed, position, quantity, state, out);
  else standardStandalone(packed, position, quantity, state, out);
}
