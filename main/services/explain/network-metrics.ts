import type { AnalysisResult } from '../../contract/analysis.ts';
import type { NetworkResult } from '../../contract/network.ts';
import { succeed } from '../../domain/failure.ts';
import { answerFrom, lookUp } from './metric.ts';
import type { ExplainedInput, ExplainedNumber, Metric } from './metric.ts';
import { numberText, percentText, usdText } from './number-text.ts';

function networkMetric(
  metric: Omit<Metric, 'find'>,
  explain: (network: NetworkResult, analysis: AnalysisResult) => Omit<ExplainedNumber, 'subject'>,
): Metric {
  return {
    ...metric,
    find: ({ analysis }) => ({ ok: true, value: { subject: analysis.bookName, ...explain(analysis.network, analysis) } }),
  };
}

const GRAPH = 'dependency graph';

function assetInputs({ lookThrough }: NetworkResult): ExplainedInput[] {
  return lookThrough.byAsset
    .toSorted((left, right) => Math.abs(right.netUsd) - Math.abs(left.netUsd))
    .slice(0, 6)
    .map((asset) => ({
      name: asset.assetId,
      value: usdText(asset.netUsd),
      source: `assets ${usdText(asset.assetsUsd)}, debts ${usdText(asset.debtsUsd)}`,
    }));
}

function loopInputs({ loops }: NetworkResult): ExplainedInput[] {
  return loops
    .slice(0, 6)
    .map((loop) => ({ name: `${loop.name} (${loop.id})`, value: numberText(loop.gain), source: loop.members.join(' → ') }));
}

type Loop = NetworkResult['loops'][number];

function noLoop(subject: string): ExplainedNumber {
  const message = 'no collateral of the book forms a loop';
  return { subject, value: { reason: 'unsupported', message }, worked: message, inputs: [] };
}

/** The loop with the id; without one the loop of largest gain. */
function loopMetric(metric: Omit<Metric, 'find'>, explain: (loop: Loop) => Pick<ExplainedNumber, 'value' | 'worked'>): Metric {
  const find: Metric['find'] = ({ analysis }, subjectId) => {
    if (subjectId === undefined && analysis.network.loops.length === 0) return succeed(noLoop(analysis.bookName));
    const bySize = analysis.network.loops.toSorted((left, right) => right.gain - left.gain);
    return answerFrom(
      lookUp(
        bySize,
        (loop) => subjectId === undefined || String(loop.id) === subjectId,
        subjectId === undefined ? 'a collateral loop' : `loop ${subjectId}`,
      ),
      (loop) => ({
        subject: loop.name,
        ...explain(loop),
        inputs: [{ name: 'members', value: loop.members.join(' → '), source: GRAPH }, ...loopInputs(analysis.network).slice(0, 5)],
      }),
    );
  };
  return { ...metric, find };
}

const LOOP_NOTE = 'At a gain of one or more the loop has no finite value: it is reported as circular, never as a number.';

/** Numbers of the dependency graph and the look-through. */
export const networkMetrics: readonly Metric[] = [
  networkMetric(
    {
      id: 'network.lookThrough.leverage',
      aliases: ['lookThrough.leverage', 'book.lookThroughLeverage'],
      title: 'Look-through leverage',
      unit: '×',
      definition: 'Base assets and debts behind everything the book holds, over its equity.',
      formula: 'Σ |t| / E, t = B′ (I − W′)⁻¹ x on assets and liabilities',
      notes: ['Includes leverage inside held vaults and tokens. Wallet leverage, on the surface only, is assets / equity.'],
    },
    (network, analysis) => ({
      value: network.lookThrough.leverage,
      worked: `${numberText(network.lookThrough.leverage)} on equity ${usdText(analysis.totals.equityUsd)}; on the surface ${numberText(network.lookThrough.walletLeverage)}`,
      inputs: assetInputs(network),
    }),
  ),
  networkMetric(
    {
      id: 'network.lookThrough.walletLeverage',
      title: 'Wallet leverage',
      unit: '×',
      definition: 'Assets over equity as the wallets show them.',
      formula: 'A / (A − D)',
      notes: ['Does not see leverage inside vaults and wrappers.'],
    },
    (network) => ({
      value: network.lookThrough.walletLeverage,
      worked: `${numberText(network.lookThrough.walletLeverage)} against ${numberText(network.lookThrough.leverage)} looked through`,
      inputs: assetInputs(network),
    }),
  ),
  networkMetric(
    {
      id: 'network.lookThrough.chainDepth',
      title: 'Chain depth',
      unit: 'claims',
      definition: 'Longest path of claims from a position down to a base asset.',
      formula: 'longest path in the graph with each loop taken as one',
      notes: ['A vault holding a share that holds a base asset has depth 2.'],
    },
    (network) => ({
      value: network.lookThrough.chainDepth,
      worked: `${network.lookThrough.chainDepth} claims deep`,
      inputs: loopInputs(network),
    }),
  ),
  networkMetric(
    {
      id: 'network.lookThrough.debtFinancedFraction',
      aliases: ['network.debtFinancedFraction'],
      title: 'Debt-financed collateral',
      unit: 'fraction',
      definition: 'Share of the collateral that was bought with borrowed money.',
      formula: 'collateral traced to borrowed assets / collateral',
      notes: ['The higher it is, the more of the collateral leaves when lenders call.'],
    },
    (network) => ({
      value: network.lookThrough.debtFinancedFraction,
      worked: percentText(network.lookThrough.debtFinancedFraction),
      inputs: assetInputs(network),
    }),
  ),
  {
    id: 'network.lookThrough.byAsset.netUsd',
    title: 'Net exposure to a base asset',
    unit: 'USD',
    definition: 'Assets less debts in one base asset after every wrapper, vault and share is replaced by its backing.',
    formula: 'assets − debts',
    notes: ['Long above zero.'],
    find: ({ analysis }, subjectId) =>
      answerFrom(
        lookUp(analysis.network.lookThrough.byAsset, (asset) => asset.assetId === subjectId, `asset ${subjectId ?? '(none named)'}`),
        (asset) => ({
          subject: asset.assetId,
          value: asset.netUsd,
          worked: `${usdText(asset.assetsUsd)} − ${usdText(asset.debtsUsd)} = ${usdText(asset.netUsd)}`,
          inputs: assetInputs(analysis.network),
        }),
      ),
  },
  loopMetric(
    {
      id: 'network.loops.gain',
      aliases: ['network.loopGain'],
      title: 'Loop gain',
      unit: '',
      definition: 'Share of the value that comes back after one walk around a loop of collateral.',
      formula: 'g = spectral radius of the backing matrix of the loop',
      notes: [LOOP_NOTE],
    },
    (loop) => ({ value: loop.gain, worked: `g = ${numberText(loop.gain)}, effective turns 1 / (1 − g) = ${numberText(loop.turns)}` }),
  ),
  loopMetric(
    {
      id: 'network.loops.turns',
      title: 'Effective turns',
      unit: '×',
      definition: 'How often the value goes around the loop in sum.',
      formula: '1 / (1 − g)',
      notes: [LOOP_NOTE],
    },
    (loop) => ({ value: loop.turns, worked: `1 / (1 − ${numberText(loop.gain)}) = ${numberText(loop.turns)}` }),
  ),
  networkMetric(
    {
      id: 'network.underBacked',
      title: 'Under-backed claims',
      unit: 'claims',
      definition: 'Claims whose backing is worth less than they promise.',
      formula: 'count of claims with backing ratio below 1',
      notes: ['Each is a hole that somebody bears.'],
    },
    (network) => ({
      value: network.underBacked.length,
      worked: `${network.underBacked.length} claims`,
      inputs: network.underBacked
        .slice(0, 6)
        .map((claim) => ({ name: claim.assetId, value: numberText(claim.backingRatio), source: 'backing over promised value' })),
    }),
  ),
  {
    id: 'network.nodes.valueUsd',
    title: 'Value in the graph',
    unit: 'USD',
    definition: 'Value of an asset, claim, account, pool or venue in the dependency graph.',
    formula: 'equity of an account, holdings of an asset, depth of a pool',
    notes: ['Nodes of the crowd are not part of the book.'],
    find: ({ analysis }, subjectId) =>
      answerFrom(
        lookUp(analysis.network.nodes, (node) => node.id === subjectId, `node ${subjectId ?? '(none named)'}`),
        (node) => ({
          subject: node.label,
          value: node.valueUsd,
          worked: `${node.kind}, ${node.caption}: ${usdText(node.valueUsd)}`,
          inputs: analysis.network.edges
            .filter((edge) => edge.from === node.id || edge.to === node.id)
            .toSorted((left, right) => right.valueUsd - left.valueUsd)
            .slice(0, 6)
            .map((edge) => ({ name: `${edge.from} → ${edge.to} (${edge.kind})`, value: usdText(edge.valueUsd), source: edge.label })),
        }),
      ),
  },
];
