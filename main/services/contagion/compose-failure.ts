import type { Cell } from '../../contract/cell.ts';
import type { FailureModel, FailureResult, Interval } from '../../contract/contagion.ts';
import type { FinancialSystem } from '../../domain/system.ts';
import { FAMILY } from '../../engine/packed/packed-book.ts';
import { readHolders } from '../../engine/contagion/failure/holders.ts';
import { money, percent } from '../analysis/words.ts';
import { disagreementWords, MODEL_WORDS, pathWords } from './failure-words.ts';
import { CLAIM_MODELS, lossOf, SYSTEM_ENDS, type FailureRun } from './run-failure.ts';

const MODELS: readonly FailureModel[] = [...CLAIM_MODELS, 'fireSale'];

/** Puts a failure into the words and figures of the contract. */
export function composeFailure(run: FailureRun, system: FinancialSystem): Omit<FailureResult, 'runId' | 'inputsDigest' | 'elapsedMs'> {
  const { inputs, pack, around, failed, recoveryFraction } = run;
  const { institutions } = around;
  const models = MODELS.map((id) => modelRow(run, id));
  const accounts = inputs.contents.accounts.map((account, a) => ({
    accountId: account.id,
    venueName: inputs.contents.venues.find((venue) => venue.id === account.venueId)?.name ?? account.venueId,
    equityUsd: run.results.severe.direct.outcome.equityBeforeUsd[a] ?? 0,
    lossUsd: Object.fromEntries(MODELS.map((id) => [id, intervalOf(run, id, (end) => accountLoss(run, id, end, a))])) as Record<
      FailureModel,
      Interval
    >,
    excessUsd: excessOf(run, a),
  }));
  const nodes = institutions
    .map(({ id, name, kind, isAssumed }, i) => ({
      id,
      name,
      kind,
      directLossUsd: run.directLossUsd[i] ?? 0,
      isAssumed,
      graphIds: graphIdsOf(run, i),
    }))
    .toSorted((left, right) => right.directLossUsd - left.directLossUsd);
  const nodeName = institutions[failed]?.name ?? '';
  const told = { models, accounts, exposures: exposureRows(run), fireSale: fireSaleOf(run), nodeName };
  const total = nodes.reduce((sum, node) => sum + node.directLossUsd, 0);
  const published = nodes.reduce((sum, node) => sum + (node.isAssumed ? 0 : node.directLossUsd), 0);
  return {
    ...told,
    snapshotAsOf: inputs.snapshot.asOf,
    systemAsOf: system.asOf,
    nodes,
    nodeId: institutions[failed]?.id ?? '',
    recoveryFraction,
    equityUsd: run.results.severe.direct.outcome.equityBeforeUsd.reduce((sum, value) => sum + value, 0),
    overlap: overlapOf(run),
    path: pathWords(run, told),
    disagreements: disagreementWords(told, recoveryFraction),
    publishedFraction: total > 0 ? published / total : 0,
    assumptions: assumptionRows(run, system, pack.driverIds),
  };
}

/** Ids of the dependency graph that stand for an institution; a token issued by itself is its asset. */
function graphIdsOf({ inputs: { contents }, around: { ties } }: FailureRun, institution: number): string[] {
  const venues = contents.venues.filter((_, v) => ties.venueInstitution[v] === institution).map(({ id }) => `venue:${id}`);
  const tokens = contents.assets.filter((_, a) => ties.issuerInstitution[a] === institution);
  const issuers = tokens.flatMap(({ issuer }) => (issuer === null ? [] : [`issuer:${issuer}`]));
  return [...new Set([...venues, ...issuers, ...tokens.map(({ id }) => `asset:${id}`)])];
}

function modelRow(run: FailureRun, id: FailureModel): FailureResult['models'][number] {
  const total = (end: (typeof SYSTEM_ENDS)[number]): number => {
    const direct = lossOf(run.results[end].direct);
    if (id !== 'fireSale') return lossOf(run.results[end][id]);
    const { sales } = run.results[end].direct;
    return direct + sum(sales?.priceLossUsd) + sum(sales?.spilloverLossUsd);
  };
  const payRatio = id === 'fireSale' ? null : run.results.severe[id].outcome.payRatio;
  const hurt = run.around.institutions
    .map((each, i) => ({ id: each.id, name: each.name, payFraction: Math.min(1, payRatio?.[i] ?? 1) }))
    .filter(({ payFraction }) => payFraction < 1 - 1e-6)
    .toSorted((left, right) => left.payFraction - right.payFraction);
  return {
    id,
    ...MODEL_WORDS[id],
    lossUsd: intervalOf(run, id, total),
    passedOnUsd: intervalOf(
      run,
      id,
      (end) => total(end) - (isWithoutRecovery(id) ? run.worthlessLossUsd : lossOf(run.results[end].direct)),
    ),
    hurt,
  };
}

/** Models in which the failed one pays nothing, whatever the recovery: what they pass on is counted from there. */
function isWithoutRecovery(id: FailureModel): boolean {
  return id === 'debtRank' || id === 'threshold';
}

/** The smaller and the larger of both ends; a failure where the model did not come to rest there. */
function intervalOf(run: FailureRun, id: FailureModel, value: (end: (typeof SYSTEM_ENDS)[number]) => number): Interval {
  const model = id === 'fireSale' ? 'direct' : id;
  const stuck = SYSTEM_ENDS.find((end) => run.results[end][model].outcome.status !== 'converged');
  if (stuck !== undefined) {
    const trouble: Cell = { reason: 'notConverged', message: `${MODEL_WORDS[id].name} did not come to rest` };
    return { low: trouble, high: trouble };
  }
  const [mild, severe] = [value('mild'), value('severe')];
  return { low: Math.min(mild, severe), high: Math.max(mild, severe) };
}

// A run, a model, an end of the system and an account: the four coordinates of one figure.
// eslint-disable-next-line @typescript-eslint/max-params -- see above
function accountLoss(run: FailureRun, id: FailureModel, end: (typeof SYSTEM_ENDS)[number], account: number): number {
  const { outcome, sales } = run.results[end][id === 'fireSale' ? 'direct' : id];
  const lost = (outcome.equityBeforeUsd[account] ?? 0) - (outcome.equityAfterUsd[account] ?? 0);
  return id === 'fireSale' ? lost + (sales?.priceLossUsd[account] ?? 0) + (sales?.spilloverLossUsd[account] ?? 0) : lost;
}

function excessOf({ pack, around, failed, results }: FailureRun, account: number): number | null {
  const { family, venue } = pack.packed.accounts;
  if (family[account] === FAMILY.custody || around.ties.venueInstitution[venue[account] ?? 0] === failed) return null;
  return results.severe.eisenbergNoe.outcome.excessUsd[account] ?? null;
}

function exposureRows({ pack, around, failed }: FailureRun): FailureResult['exposures'] {
  const holders = readHolders(pack.packed, 0);
  const d = pack.driverIds.length;
  const { venue, count } = pack.packed.accounts;
  return pack.driverIds.map((assetId, k) => {
    let beforeUsd = 0;
    let afterUsd = 0;
    for (let a = 0; a < count; a += 1) {
      const exposure = holders.exposureUsd[a * d + k] ?? 0;
      beforeUsd += exposure;
      if (around.ties.venueInstitution[venue[a] ?? 0] !== failed) afterUsd += exposure;
    }
    return { assetId, beforeUsd, afterUsd };
  });
}

function fireSaleOf({ pack, results }: FailureRun): FailureResult['fireSale'] {
  const { sales } = results.severe.direct;
  return {
    moves: pack.driverIds.map((assetId, k) => ({
      assetId,
      bySales: sales?.returnFromFailed[k] ?? 0,
      byDeleveraging: sales?.returnFromDeleveraging[k] ?? 0,
    })),
    aggregateVulnerability: sales?.aggregateVulnerability ?? 0,
  };
}

function overlapOf({ pack, inputs, results }: FailureRun): FailureResult['overlap'] {
  const { overlap } = results.severe.direct;
  if (overlap === null || overlap.status !== 'converged') {
    return { topEigenvalueUsd: { reason: 'notConverged', message: 'the overlap has no settled principal direction' }, holders: [] };
  }
  const own = pack.accountIds.length;
  const { holders: n, overlapUsd, principalVector, topEigenvalueUsd } = overlap;
  const rows = Array.from({ length: n }, (_, h) => {
    const venue = h < own ? null : inputs.contents.venues[h - own];
    let fromCrowdUsd = 0;
    for (let j = own; j < n; j += 1) fromCrowdUsd += overlapUsd[h * n + j] ?? 0;
    const share = principalVector?.[h] ?? null;
    return {
      id: venue === null ? (pack.accountIds[h] ?? '') : `crowd:${venue?.id ?? ''}`,
      name: venue === null ? (pack.accountIds[h] ?? '') : `Crowd at ${venue?.name ?? ''}`,
      isMine: venue === null,
      share,
      fromCrowdUsd,
      indexUsd: share === null ? null : topEigenvalueUsd * share,
      self: overlapUsd[h * n + h] ?? 0,
    };
  });
  return { topEigenvalueUsd, holders: rows.filter((row) => row.self > 0).map(({ self: _, ...row }) => row) };
}

function assumptionRows(run: FailureRun, system: FinancialSystem, driverIds: readonly string[]): FailureResult['assumptions'] {
  const { around, failed } = run;
  const node = around.institutions[failed];
  const range = ({ low, high }: { readonly low: number; readonly high: number }): string =>
    low === high ? money(low) : `${money(low)} to ${money(high)}`;
  return [
    ...around.institutions
      .filter((_, i) => i === failed || (run.results.severe.debtRank.outcome.payRatio[i] ?? 1) < 1)
      .map((each) => ({
        id: `institution:${each.id}`,
        text: `${each.name}: obligations and capital, USD`,
        value: `${range(each.obligationsUsd)}; ${range(each.capitalUsd)}`,
        source: each.source,
      })),
    {
      id: 'sales',
      text: `Coins that the failure brings to market (${driverIds.map((id) => `${id} ${percent(node?.coinShares[id] ?? 0)}`).join(', ')} of obligations)`,
      value: `${percent(system.saleOnFailureFraction.low)} to ${percent(system.saleOnFailureFraction.high)} of them`,
      source: system.saleOnFailureFraction.source,
    },
    ...system.notes.map((text, i) => ({ id: `note:${i}`, text, value: '', source: 'resources/system/institutions.json' })),
  ];
}

function sum(values: Float64Array | undefined): number {
  return values?.reduce((total, value) => total + value, 0) ?? 0;
}
