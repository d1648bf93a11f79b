/** A way between two accounts: all routes from one to the other. */
export type Way = { readonly from: number; readonly to: number };

/**
 * A circle of ways, in order, each beginning where the former ends; empty if there is none. Which of several is found depends on the order of
 * the ways only.
 */
export function findCircle(ways: readonly Way[]): Way[] {
  // Accounts from which no way leads on cannot be in a circle, and are taken away until every one that is left leads on.
  let left = ways;
  for (;;) {
    const leading = new Set(left.map(({ from }) => from));
    const kept = left.filter(({ to }) => leading.has(to));
    if (kept.length === left.length) break;
    left = kept;
  }
  const walked: Way[] = [];
  for (let at = left[0]; at !== undefined;) {
    walked.push(at);
    const { to } = at;
    const begins = walked.findIndex(({ from }) => from === to);
    if (begins >= 0) return walked.slice(begins);
    at = left.find(({ from }) => from === to);
  }
  return [];
}
