/** Requirements by scanning: what each account, and all of them as one, would lose at worst. USD, >= 0. */
export type ScanRequirement = { readonly aloneUsd: Float64Array; readonly siloedUsd: number; readonly unifiedUsd: number };

/**
 * Worst loss over a set of scenarios, alone and together: alone_a = max(0, max_s (now_a − then_a,s)), unified = max(0, max_s Σ_a (…)).
 * A maximum of sums is at most the sum of maxima, so the unified requirement is never above the siloed one: this family is coherent,
 * which tiers by notional are not (two positions of one side merged reach a higher tier).
 *
 * @param nowUsd equity by account
 * @param thenUsd scenario × account, row-major
 * @param isNetted 1 for the accounts that may be netted; the others count in neither sum
 */
export function scanRequirement(nowUsd: Float64Array, thenUsd: Float64Array, isNetted: Uint8Array): ScanRequirement {
  const accounts = nowUsd.length;
  const scenarios = accounts === 0 ? 0 : thenUsd.length / accounts;
  const aloneUsd = new Float64Array(accounts);
  let unifiedUsd = 0;
  for (let s = 0; s < scenarios; s += 1) {
    let together = 0;
    for (let a = 0; a < accounts; a += 1) {
      if (isNetted[a] === 0) continue;
      const loss = nowUsd[a]! - thenUsd[s * accounts + a]!;
      aloneUsd[a] = Math.max(aloneUsd[a]!, loss);
      together += loss;
    }
    unifiedUsd = Math.max(unifiedUsd, together);
  }
  let siloedUsd = 0;
  for (let a = 0; a < accounts; a += 1) siloedUsd += aloneUsd[a]!;
  return { aloneUsd, siloedUsd, unifiedUsd };
}
