/** Sum in the order given; a report adds a handful of amounts that the engine has summed already. USD. */
export function sumOfDollars(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
