import type { PartitionResult, SurplusBlock } from '../../contract/surplus.ts';
import { interconnectionSurplus } from '../../engine/cascade/surplus.ts';
import { diversificationRatio, expectedShortfallShares, tailRisk } from '../../engine/risk/expected-shortfall.ts';
import { crowdAt } from './partition.ts';
import { tellPartition } from './partition-words.ts';
import type { PartitionRun, PartitionWork } from './run-partition.ts';

const MOST_TIES = 5;

/** What identifies a run besides its numbers. */
export type PartitionIdentity = Pick<PartitionResult, 'runId' | 'inputsDigest' | 'by' | 'crowd'>;

/** The numbers of one partition with the words that go with them. */
export function partitionResult(
  work: PartitionWork,
  engine: { run: PartitionRun; calmLosses: Float64Array },
  identity: PartitionIdentity,
): PartitionResult {
  const { run, calmLosses } = engine;
  const { inputs } = work;
  const calm = calmResult(work, calmLosses);
  const blocks = blockResults(work, engine);
  const alone = Float64Array.from(run.alone, (each) => each.lossUsd);
  const surplus = interconnectionSurplus(run.joint.lossUsd, alone);
  const figures = {
    ...identity,
    shock: inputs.shock,
    assumptions: inputs.assumptions,
    blocks,
    sumOfPartsUsd: surplus.sumOfBlocksUsd,
    jointUsd: surplus.jointUsd,
    surplusUsd: surplus.surplusUsd,
    ratio: surplus.ratio ?? {
      reason: 'unsupported' as const,
      message: 'the parts alone lose nothing in the second round, so joint ÷ parts has no value',
    },
    shapley: {
      method: run.standardErrorsUsd === null ? ('exact' as const) : ('sampled' as const),
      cascades: run.cascades,
      orders: run.orders,
      seed: work.seed,
    },
    convergedFraction: run.convergedFraction,
    calm,
    ties: ties(work, run),
  };
  return { ...figures, ...tellPartition(figures) };
}

function calmResult({ inputs, blocks }: PartitionWork, losses: Float64Array): PartitionResult['calm'] {
  const n = blocks.length;
  const days = losses.length / Math.max(1, n);
  const { confidence } = inputs.scenarioSet;
  const whole = new Float64Array(days);
  losses.forEach((usd, at) => {
    const day = Math.floor(at / n);
    whole[day] = (whole[day] ?? 0) + usd;
  });
  const parts = Float64Array.from(blocks, (_, b) => tailRisk(columnOf(losses, b, n), null, confidence).expectedShortfall);
  const expectedShortfallUsd = tailRisk(whole, null, confidence).expectedShortfall;
  return {
    confidence,
    days,
    sumOfPartsUsd: parts.reduce((sum, each) => sum + each, 0),
    expectedShortfallUsd,
    diversificationRatio: diversificationRatio(parts, expectedShortfallUsd) ?? {
      reason: 'unsupported',
      message: 'the book loses nothing on its worst ordinary days, so there is nothing to diversify',
    },
  };
}

function columnOf(losses: Float64Array, column: number, n: number): Float64Array {
  return Float64Array.from({ length: losses.length / n }, (_, row) => losses[row * n + column] ?? NaN);
}

function blockResults(work: PartitionWork, { run, calmLosses }: { run: PartitionRun; calmLosses: Float64Array }): SurplusBlock[] {
  const { pack, blocks, inputs } = work;
  const n = blocks.length;
  const { confidence } = inputs.scenarioSet;
  const euler = expectedShortfallShares(calmLosses, n, confidence);
  const idsOf = (accounts: readonly number[]): string[] => accounts.map((a) => pack.accountIds[a] ?? '');
  return blocks.map((block, b) => ({
    id: block.id,
    name: block.name,
    accountIds: idsOf(block.accounts),
    crowdAccounts: inputs.assumptions.includeCrowd ? block.crowdVenues.reduce((sum, venue) => sum + crowdAt(pack, venue), 0) : 0,
    aloneUsd: run.alone[b]?.lossUsd ?? NaN,
    borneUsd: run.joint.byBlockUsd[b] ?? NaN,
    shapleyUsd: run.shapleyUsd[b] ?? NaN,
    standardErrorUsd: run.standardErrorsUsd?.[b] ?? null,
    fallenAlone: idsOf(run.alone[b]?.fallen ?? []),
    fallenJointly: idsOf(run.joint.fallen.filter((a) => block.accounts.includes(a))),
    expectedShortfallUsd: tailRisk(columnOf(calmLosses, b, n), null, confidence).expectedShortfall,
    eulerUsd: euler[b] ?? NaN,
  }));
}

/** Pairs by what they lose together beyond what each loses alone, largest first; those that add nothing are left out. */
function ties({ blocks }: PartitionWork, { tiesUsd, joint }: PartitionRun): PartitionResult['ties'] {
  const n = blocks.length;
  const least = 1e-9 * Math.abs(joint.lossUsd);
  return blocks
    .flatMap((first, i) =>
      blocks.slice(i + 1).map((second, k) => ({ firstId: first.id, secondId: second.id, surplusUsd: tiesUsd[i * n + i + 1 + k] ?? 0 })),
    )
    .filter((tie) => tie.surplusUsd > least)
    .toSorted((left, right) => right.surplusUsd - left.surplusUsd)
    .slice(0, MOST_TIES);
}
