/** Maintenance margin as the sum over tiers of the tier's rate on the part of the notional inside it, without any deduction. */
export function marginByTierParts(notionalUsd: number, tiers: readonly { capUsd: number; rate: number }[]): number {
  let margin = 0;
  let floor = 0;
  tiers.forEach((tier, row) => {
    const cap = row === tiers.length - 1 ? Infinity : tier.capUsd;
    margin += Math.max(0, Math.min(notionalUsd, cap) - floor) * tier.rate;
    floor = cap;
  });
  return margin;
}

/** Price nearest to the entry at which balance + profit no longer covers the margin, walking outwards in small steps. */
export function liquidationByWalking(
  position: { quantityCoin: number; entryPrice: number; balanceUsd: number },
  tiers: readonly { capUsd: number; rate: number }[],
): number | null {
  const isCovered = (price: number): boolean =>
    position.balanceUsd + position.quantityCoin * (price - position.entryPrice) >=
    marginByTierParts(Math.abs(position.quantityCoin) * price, tiers);
  const step = position.quantityCoin > 0 ? 1 / 1.0005 : 1.0005;
  let price = position.entryPrice;
  for (let n = 0; n < 40_000 && price > 1e-7 && price < 1e9; n += 1) {
    const next = price * step;
    if (!isCovered(next)) {
      let [good, bad] = [price, next];
      for (let half = 0; half < 100; half += 1) {
        const middle = 0.5 * (good + bad);
        if (isCovered(middle)) good = middle;
        else bad = middle;
      }
      return 0.5 * (good + bad);
    }
    price = next;
  }
  return null;
}
