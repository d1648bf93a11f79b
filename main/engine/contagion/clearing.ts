import { solveDense } from '../math/dense-solve.ts';

/**
 * Who owes whom. `liabilities` is n × n, row-major: row i is what i owes each other, all of the same rank; creditors outside the
 * network are a node that owes nothing. Everything in one currency, >= 0.
 */
export type ClearingNetwork = {
  readonly liabilities: Float64Array;
  readonly externalAssets: Float64Array;
};

/** Share of its external assets (α) and of what it receives (β) that a defaulter can still pay out; both 1 = no cost of default. */
export type DefaultCosts = { readonly externalFraction: number; readonly receivedFraction: number };

/** No cost of default: the clearing of Eisenberg and Noe. */
export const NO_DEFAULT_COSTS: DefaultCosts = { externalFraction: 1, receivedFraction: 1 };

/** What everybody pays. `singular` = the payments of the defaulters are not determined, which inputs >= 0 and costs 0 … 1 exclude. */
export type Clearing = {
  readonly status: 'converged' | 'singular';
  /** Paid and received, same currency. */
  readonly payments: Float64Array;
  readonly received: Float64Array;
  /** External assets + received − owed; below zero by what a defaulter cannot pay, before costs of default. */
  readonly equity: Float64Array;
  /** Round of fictitious default in which each fails, 0 = pays in full. */
  readonly defaultRound: Int32Array;
  readonly rounds: number;
  /** Σ (owed − paid). */
  readonly totalShortfall: number;
};

/** Assets this close below what is owed, relatively, are a tie: whoever can exactly pay does not default. */
const TIE = 1e-12;

/**
 * The greatest clearing vector by fictitious default: all pay in full; who then cannot is in default and pays
 * α × external + β × received, which is solved for all defaulters together; repeat until nobody else fails. Payments only fall, so it
 * ends after at most n rounds.
 *
 * Sources: L. Eisenberg, T. Noe, "Systemic risk in financial systems", Management Science 47 (2001) 236-249; L. Rogers, L. Veraart,
 * "Failure and rescue in an interbank network", Management Science 59 (2013) 882-898 (greatest clearing vector algorithm).
 */
export function clearNetwork(network: ClearingNetwork, costs: DefaultCosts = NO_DEFAULT_COSTS): Clearing {
  const { liabilities, externalAssets } = network;
  const n = externalAssets.length;
  const owed = new Float64Array(n);
  for (let i = 0; i < n; i += 1) for (let j = 0; j < n; j += 1) owed[i]! += liabilities[i * n + j]!;
  const payments = owed.slice();
  const received = new Float64Array(n);
  const defaultRound = new Int32Array(n);
  let status: Clearing['status'] = 'converged';
  let rounds = 0;
  for (;;) {
    receive(network, owed, payments, received);
    let failed = 0;
    for (let i = 0; i < n; i += 1) {
      if (defaultRound[i]! > 0 || externalAssets[i]! + received[i]! >= owed[i]! * (1 - TIE)) continue;
      defaultRound[i] = rounds + 1;
      failed += 1;
    }
    if (failed === 0) break;
    rounds += 1;
    if (!payDefaulters({ network, costs, owed, defaultRound }, payments)) {
      status = 'singular';
      break;
    }
  }
  let totalShortfall = 0;
  for (let i = 0; i < n; i += 1) totalShortfall += owed[i]! - payments[i]!;
  const equity = externalAssets.map((external, i) => external + received[i]! - owed[i]!);
  return { status, payments, received, equity, defaultRound, rounds, totalShortfall };
}

/** Every payment is split in proportion to what is owed. */
function receive({ liabilities }: ClearingNetwork, owed: Float64Array, payments: Float64Array, received: Float64Array): void {
  const n = owed.length;
  received.fill(0);
  for (let i = 0; i < n; i += 1) {
    if (owed[i] === 0) continue;
    const share = payments[i]! / owed[i]!;
    for (let j = 0; j < n; j += 1) received[j]! += share * liabilities[i * n + j]!;
  }
}

type Defaulters = {
  readonly network: ClearingNetwork;
  readonly costs: DefaultCosts;
  readonly owed: Float64Array;
  readonly defaultRound: Int32Array;
};

/** Solves p = α e + β (received from solvent + received from each other) for the defaulters; false where that is singular. */
function payDefaulters({ network, costs, owed, defaultRound }: Defaulters, payments: Float64Array): boolean {
  const { liabilities, externalAssets } = network;
  const n = owed.length;
  const members: number[] = [];
  for (let i = 0; i < n; i += 1) if (defaultRound[i]! > 0) members.push(i);
  const m = members.length;
  const matrix = new Float64Array(m * m);
  const paid = new Float64Array(m);
  for (let row = 0; row < m; row += 1) {
    const debtor = members[row]!;
    paid[row] = costs.externalFraction * externalAssets[debtor]!;
    for (let j = 0; j < n; j += 1) if (defaultRound[j] === 0) paid[row]! += costs.receivedFraction * liabilities[j * n + debtor]!;
    for (let column = 0; column < m; column += 1) {
      const from = members[column]!;
      matrix[row * m + column] = (row === column ? 1 : 0) - (costs.receivedFraction * liabilities[from * n + debtor]!) / owed[from]!;
    }
  }
  if (!solveDense(matrix, paid, m)) return false;
  for (let row = 0; row < m; row += 1) payments[members[row]!] = Math.min(owed[members[row]!]!, Math.max(0, paid[row]!));
  return true;
}
