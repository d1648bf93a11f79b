import { clearNetwork } from '../clearing.ts';
import { valueInterbankSystem, type ClaimValuation } from '../interbank-valuation.ts';

/**
 * Balance sheets of institutions (venues, issuers), USD, each >= 0. `obligationsUsd` is what they owe the public, everybody outside the
 * network included; `claimsUsd` is n × n, row-major: row i is what i is owed by each other. The rest of the assets is external, so that
 * assets = obligations + owed to each other + capital. An institution whose claims alone exceed that has no external assets.
 */
export type InstitutionNetwork = {
  readonly obligationsUsd: Float64Array;
  readonly capitalUsd: Float64Array;
  readonly claimsUsd: Float64Array;
};

/** Code of what is believed about a claim on an institution that has lost money; `direct` looks at the failed one alone. */
export const CLAIM_MODEL = { direct: 0, eisenbergNoe: 1, rogersVeraart: 2, debtRank: 3, threshold: 4, thresholdRecovery: 5 } as const;

/** What one dollar owed by each institution still pays, and how it came about. */
export type PayRatios = {
  readonly status: 'converged' | 'notConverged';
  readonly ratio: Float64Array;
  readonly rounds: number;
};

/** An institution that fails, what is recovered from it, and what each institution loses besides, USD. */
export type InstitutionFailure = { readonly failed: number; readonly recoveryFraction: number; readonly lossUsd: Float64Array };

/** Relative distance below which a sum counts as exactly enough. */
const BRINK = 1e-9;

/**
 * What one dollar owed by each institution pays after one of them has failed, by one of {@link CLAIM_MODEL}.
 *
 * - direct: the failed one pays the recovery fraction, everybody else in full.
 * - eisenbergNoe: losses beyond capital are shared by creditors in proportion; a default itself costs nothing. The failed one is left with
 *   just the assets that pay the recovery fraction.
 * - rogersVeraart: whoever defaults pays the recovery fraction of what is left of its assets; the failed one defaults by a hair.
 * - debtRank: a claim is worth the share of capital that is left, so losses pass on before anybody defaults; the failed one is worth nothing.
 * - threshold: a claim is worth all until capital is gone, then nothing (Furfine); thresholdRecovery: then the recovery fraction.
 */
export function payRatios(network: InstitutionNetwork, failure: InstitutionFailure, model: number): PayRatios {
  const n = network.capitalUsd.length;
  if (model === CLAIM_MODEL.direct) {
    const ratio = new Float64Array(n).fill(1);
    ratio[failure.failed] = failure.recoveryFraction;
    return { status: 'converged', ratio, rounds: 0 };
  }
  if (model === CLAIM_MODEL.eisenbergNoe || model === CLAIM_MODEL.rogersVeraart) return cleared(network, failure, model);
  const { failed, recoveryFraction, lossUsd } = failure;
  const shock = lossUsd.slice();
  shock[failed] = Math.max(shock[failed]!, network.capitalUsd[failed]!);
  const valued = valueInterbankSystem({ ...sheets(network), shock }, valuationOf(model, recoveryFraction));
  const ratio = valued.equity.map((equity, i) => {
    if (model === CLAIM_MODEL.debtRank) return share(equity, valued.equityBefore[i]!);
    return i === failed || equity <= 0 ? (model === CLAIM_MODEL.threshold ? 0 : recoveryFraction) : 1;
  });
  return { status: valued.status, ratio, rounds: valued.rounds };
}

function valuationOf(model: number, recoveryFraction: number): ClaimValuation {
  if (model === CLAIM_MODEL.debtRank) return { kind: 'linear' };
  return model === CLAIM_MODEL.threshold ? { kind: 'furfine' } : { kind: 'recovery', recoveryFraction };
}

function share(equity: number, before: number): number {
  return before > 0 ? Math.max(0, Math.min(1, equity / before)) : 0;
}

/** What everybody owes the others of the network besides the public. */
function owedWithin({ capitalUsd, claimsUsd }: InstitutionNetwork): Float64Array {
  const n = capitalUsd.length;
  const owed = new Float64Array(n);
  for (let i = 0; i < n; i += 1) for (let j = 0; j < n; j += 1) owed[j]! += claimsUsd[i * n + j]!;
  return owed;
}

function sheets(network: InstitutionNetwork): { claims: Float64Array; externalAssets: Float64Array; externalLiabilities: Float64Array } {
  const { obligationsUsd, capitalUsd, claimsUsd } = network;
  const n = capitalUsd.length;
  const within = owedWithin(network);
  const externalAssets = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    let held = 0;
    for (let j = 0; j < n; j += 1) held += claimsUsd[i * n + j]!;
    externalAssets[i] = obligationsUsd[i]! + within[i]! + capitalUsd[i]! - held;
  }
  return { claims: claimsUsd, externalAssets, externalLiabilities: obligationsUsd };
}

/** Clears the network with the public as one more creditor; all claims on an institution rank equally. */
function cleared(network: InstitutionNetwork, failure: InstitutionFailure, model: number): PayRatios {
  const { obligationsUsd, capitalUsd, claimsUsd } = network;
  const { failed, recoveryFraction, lossUsd } = failure;
  const n = capitalUsd.length;
  const within = owedWithin(network);
  const liabilities = new Float64Array((n + 1) * (n + 1));
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) liabilities[i * (n + 1) + j] = claimsUsd[j * n + i]!;
    liabilities[i * (n + 1) + n] = obligationsUsd[i]!;
  }
  const owed = obligationsUsd.map((public_, i) => public_ + within[i]!);
  const { externalAssets } = sheets(network);
  const external = new Float64Array(n + 1);
  for (let i = 0; i < n; i += 1) external[i] = Math.max(0, externalAssets[i]! - lossUsd[i]!);
  const isCostly = model === CLAIM_MODEL.rogersVeraart;
  // The failed one's own claims are taken at par here: what its debtors fail to pay comes on top of its failure.
  const left = (isCostly ? 1 - BRINK : recoveryFraction) * owed[failed]!;
  external[failed] = Math.max(0, left - (owed[failed]! + capitalUsd[failed]! - externalAssets[failed]!));
  const fraction = isCostly ? recoveryFraction : 1;
  const clearing = clearNetwork({ liabilities, externalAssets: external }, { externalFraction: fraction, receivedFraction: fraction });
  const ratio = owed.map((sum, i) => (sum > 0 ? clearing.payments[i]! / sum : i === failed ? recoveryFraction : 1));
  return { status: clearing.status === 'converged' ? 'converged' : 'notConverged', ratio, rounds: clearing.rounds };
}
