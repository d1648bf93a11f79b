import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { explanation } from '../../main/contract/explain.ts';
import type { Explanation } from '../../main/contract/explain.ts';
import type { AnalysisResult, CascadeResult } from '../../main/contract/analysis.ts';
import { cascadeKey, fanKey, phaseMapKey } from '../../main/contract/question-key.ts';
import type { HedgeResult } from '../../main/contract/hedge.ts';
import type { WarningStudy } from '../../main/contract/replay.ts';
import type { Result } from '../../main/domain/failure.ts';
import { catalogue, metricNamed, metricsNear } from '../../main/services/explain/catalogue.ts';
import { createExplainServices } from '../../main/services/explain.ts';
import { createSession } from '../../main/services/session.ts';
import { sampleAnalysis } from '../support/sample-analysis.ts';
import { sampleFailure, samplePlan } from '../support/sample-contagion.ts';
import { sampleBacktest } from '../support/sample-backtest.ts';
import { sampleAlternatives, sampleRefresh } from '../support/sample-alternatives.ts';
import { sampleFan } from '../support/sample-fan.ts';
import { sampleForecast, sampleTrigger } from '../support/sample-forecast.ts';
import { sampleHedge } from '../support/sample-hedge.ts';
import { samplePhaseMap } from '../support/sample-phase-map.ts';
import { replayed, sampleWindow } from '../support/sample-replay.ts';
import { samplePolicies, sampleSurvival } from '../support/sample-policy.ts';
import { sampleRequirement } from '../support/sample-requirement.ts';
import { sampleFeedback, samplePartition } from '../support/sample-surplus.ts';
import { sampleRuleSet } from '../support/sample-rule-set.ts';
import { sampleBlotter, sampleWhatIf } from '../support/sample-what-if.ts';

const context = { signal: new AbortController().signal, progress: () => undefined, runId: 'explain-test' };

const sampleReplay = await replayed(sampleWindow);
const judged = { from: '2021-05-05', to: '2026-03-31', falls: 2, announced: 1, warnings: 3, falseWarnings: 2, meanLeadDays: 4 };
const signal = { name: 'Index', unit: 'of 100', level: 50, training: judged, test: judged };
const series = { days: [], indexByDay: [], commonPrice: [], falls: [], falseWarningDays: [] };
const sampleStudy: WarningStudy = { definition: 'As defined.', index: signal, plain: signal, sentence: 'As judged.', ...series };

/** A cascade of the Stress screen, along the records of its markets. */
const askedCascade: CascadeResult = {
  ...sampleAnalysis.cascade,
  shock: { moves: { ETH: -0.3 }, volatilityShift: 0 },
  recordedMarkets: [
    {
      assetId: 'ETH',
      form: 'depthCurve',
      usedFraction: 1.4,
      sentence: 'ETH left its record.',
      source: 'recorded',
      asOf: '2025-10-10T20:00:00Z',
    },
    { assetId: 'stETH', form: 'none', usedFraction: null, sentence: 'stETH has no record: constant product.', source: 'law', asOf: null },
  ],
};
const asked = cascadeKey(askedCascade);

function servicesOf(analysis: AnalysisResult | null, hedge: HedgeResult | null): ReturnType<typeof createExplainServices> {
  const session = createSession({ announce: () => undefined });
  session.ruleSet.set('sample', sampleRuleSet);
  session.replay.set('sample', sampleReplay);
  session.warnings.set('sample', sampleStudy);
  session.partition.set('sample', samplePartition);
  session.feedback.set('sample', sampleFeedback);
  session.policy.set('sample', samplePolicies);
  session.survival.set('sample', sampleSurvival);
  session.contagion.set('sample', sampleFailure);
  session.contagion.set('later', { ...sampleFailure, nodeId: 'lido', nodeName: 'Lido' });
  session.transfers.set('sample', samplePlan);
  session.cascade.set('sample', { cascade: askedCascade, surplus: sampleAnalysis.surplus });
  session.fan.set('sample', sampleFan);
  session.phaseMap.set('sample', samplePhaseMap);
  session.backtest.set('sample', sampleBacktest);
  session.forecast.set('sample', sampleForecast);
  session.trigger.set('sample', sampleTrigger);
  session.whatIf.set(sampleWhatIf.told.id, sampleWhatIf);
  session.blotter.set('told', sampleBlotter);
  if (analysis !== null) session.analysis.set('sample', analysis);
  session.alternatives.set('sample', sampleAlternatives);
  session.refresh.set('sample', sampleRefresh);
  if (hedge !== null) session.hedge.set('sample', hedge);
  if (analysis !== null) session.requirement.set('sample', sampleRequirement);
  return createExplainServices(session);
}

const services = servicesOf(sampleAnalysis, sampleHedge);

async function explain(metric: string, subjectId?: string): Promise<Result<Explanation>> {
  return services['explain.number'](subjectId === undefined ? { metric } : { metric, subjectId }, context);
}

async function answer(metric: string, subjectId?: string): Promise<Explanation> {
  const found = await explain(metric, subjectId);
  if (!found.ok) throw new Error(`${metric}: ${found.failure.message}`);
  return found.value;
}

/** A subject that every metric of the group can be asked about. */
function subjectsOf(id: string): readonly (string | undefined)[] {
  const { accounts, positions, venues, surplus, network, cascade } = sampleAnalysis;
  if (id.startsWith('account.')) return accounts.map((account) => account.accountId);
  if (id.startsWith('requirement.greeks.')) return accounts.map((account) => `${account.accountId} price:ETH`);
  if (id.startsWith('requirement.curves.')) return accounts.map((account) => `${account.accountId} ETH -0.2`);
  if (id.startsWith('requirement.')) return accounts.map((account) => account.accountId);
  if (id.startsWith('position.')) return positions.map((position) => position.positionId);
  if (id.startsWith('venue.')) return venues.map((venue) => venue.venueId);
  if (id.startsWith('replay.steps.')) return sampleReplay.steps.map((step) => step.at);
  if (id.startsWith('replay.accounts.')) return sampleReplay.accounts.map((account) => account.accountId);
  if (id.startsWith('policy.outcomes.')) return samplePolicies.outcomes.map((outcome) => outcome.policy.id);
  if (id.startsWith('policy.legs.')) return sampleSurvival.legs.map((leg) => leg.legId);
  if (id.startsWith('contagion.models.')) return sampleFailure.models.map((model) => `aave@0.5 ${model.id}`);
  if (id.startsWith('transfers.transfers.')) return samplePlan.transfers.map((row) => `24 ${row.id}`);
  if (id.startsWith('transfers.')) return ['24 '];
  if (id.startsWith('backtest.strategies.')) return sampleBacktest.strategies.map((each) => `${sampleBacktest.window.id} ${each.id}`);
  if (id.startsWith('forecast.horizons.')) return ['MKR-A 1', 'MKR-A 168'];
  if (id.startsWith('trigger.orders.')) return ['MKR-A none', 'MKR-A cost', 'MKR-A target'];
  if (id.startsWith('whatIf.accounts.')) return ['what-if-1 MKR-A', 'what-if-1 DRB-ETH'];
  if (id.startsWith('whatIf.')) return ['what-if-1', 'live'];
  if (id.startsWith('blotter.')) return sampleBlotter.tickets.map((ticket) => ticket.id);
  if (id.startsWith('ruleSet.')) return sampleRuleSet.rows.map((row) => row.id);
  if (id.startsWith('alternatives.')) return sampleAlternatives.alternatives.map((plan) => plan.id);
  if (id.startsWith('refresh.legs.')) return sampleRefresh.legs.map((leg) => leg.id);
  if (id.startsWith('hedge.legs.')) return sampleHedge.legs.map((leg) => leg.id);
  if (id.startsWith('partition.blocks.')) return samplePartition.blocks.map((block) => block.id);
  if (id === 'feedback.exit.criticalLeverage') return sampleFeedback.exit.accounts.map((row) => row.accountId ?? '');
  if (id === 'hedge.survival.falls.shortUsd') return ['DRB-ETH frozen Deribit'];
  if (id === 'hedge.duals.value') return sampleHedge.duals.map((dual) => dual.constraint);
  if (id === 'surplus.parts.secondRoundLossUsd') return surplus.parts.map((part) => part.venueId);
  if (id === 'leverageIndex.parts.value') return sampleAnalysis.leverageIndex.parts.map((part) => part.id);
  if (id.startsWith('network.failures.')) return network.failures.map((failure) => failure.id);
  if (id === 'network.exposures.valueUsd') return ['aave venue:aave', 'aave issuer:Lido'];
  if (id === 'network.exposures.concentration') return network.exposures.rows.map((row) => row.venueId);
  if (id === 'network.nodes.valueUsd') return network.nodes.map((node) => node.id);
  if (id === 'network.lookThrough.byAsset.netUsd') return network.lookThrough.byAsset.map((asset) => asset.assetId);
  const { falls, moves, sellers } = cascade.causes;
  const ofBoth = (names: readonly string[]): readonly string[] => names.flatMap((name) => [name, `${asked} ${name}`]);
  if (id.startsWith('cascade.causes.falls.')) return ofBoth(falls.map((fall) => fall.accountId));
  if (id === 'cascade.causes.moves.moved') return ofBoth(moves.map((move) => move.id));
  if (id === 'cascade.causes.sellers.soldUsd') return ofBoth(sellers.map((seller) => seller.id));
  if (id === 'cascade.recordedMarkets.usedFraction') return [`${asked} ETH`, `${asked} stETH`];
  if (id.startsWith('fan.accounts.')) return sampleFan.accounts.map((account) => `${fanKey(sampleFan)} ${account.accountId}`);
  if (id.startsWith('fan.')) return sampleFan.probabilities.map((probability) => `${fanKey(sampleFan)} ${probability}`);
  if (id.startsWith('phaseMap.')) return ['0 0', '0 1', '1 0', '1 1'].map((place) => `${phaseMapKey(samplePhaseMap)} ${place}`);
  if (id === 'cascade.lossByAccountUsd') return Object.keys(cascade.lossByAccountUsd);
  return [undefined];
}

describe('catalogue', () => {
  test.each(catalogue.flatMap((metric) => [metric.id, ...(metric.aliases ?? [])].map((name) => [name] as const)))(
    '%s answers for every subject of the sample',
    async (name) => {
      const subjects = subjectsOf(catalogue.find((metric) => metric.id === name || metric.aliases?.includes(name) === true)?.id ?? name);
      if (!name.startsWith('account.liquidation')) expect(subjects.length).toBeGreaterThan(0);
      for (const subject of subjects) {
        const found = await explain(name, subject);
        if (!found.ok) {
          expect(name).toMatch(/^account\.liquidation/);
          continue;
        }
        const value = found.value;
        expect(explanation.parse(value)).toEqual(value);
        for (const text of [value.title, value.subject, value.definition, value.formula, value.worked]) expect(text.trim()).not.toBe('');
        expect(value.definition).toMatch(/^[A-Z].*\.$/s);
        expect(value.inputs.length).toBeLessThanOrEqual(6);
        expect(new Set(value.inputs.map((input) => input.name)).size).toBe(value.inputs.length);
        expect(JSON.stringify(value)).not.toMatch(/NaN|undefined|\[object/);
        expect(value.notes.at(-1)).toMatch(/^Coverage: \d+ of \d+ positions/);
      }
    },
  );

  test('knows every number that a screen asks about', () => {
    const root = new URL('../../renderer/', import.meta.url);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
    const groups = [...new Set(catalogue.map((metric) => metric.id.split('.')[0]))].join('|');
    const asked = files.flatMap((name) => {
      const text = readFileSync(new URL(name, root), 'utf8');
      const near = [...text.matchAll(/(?:metric[=:?]|explained\()[^\n;]*/g)].map((match) => match[0]).join('\n');
      return [
        ...near.matchAll(new RegExp(`'((?:${groups}|lookThrough)\\.[a-zA-Z.]+)'|"((?:${groups}|lookThrough)\\.[a-zA-Z.]+)"`, 'g')),
      ].map((match) => match[1] ?? match[2] ?? '');
    });
    expect(asked.length).toBeGreaterThan(20);
    expect([...new Set(asked)].filter((name) => metricNamed(name) === undefined)).toEqual([]);
  });

  test('has each name once', () => {
    const names = catalogue.flatMap((metric) => [metric.id, ...(metric.aliases ?? [])]);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('explanation', () => {
  test('shows the value of the result itself, worked with its own numbers', async () => {
    const account = sampleAnalysis.accounts.find((each) => each.accountId === 'MKR-A');
    const excess = await answer('account.excessUsd', 'MKR-A');
    expect(excess.value).toBe(account?.excessUsd);
    expect(excess.worked).toContain(' − ');
    expect(excess.subject).toBe('MKR-A');
    const ratio = await answer('surplus.ratio');
    expect(ratio.value).toBe(sampleAnalysis.surplus.ratio);
    expect(ratio.worked).toContain(Math.round(sampleAnalysis.surplus.jointUsd).toLocaleString('en-US'));
    expect((await answer('hedge.legs.costUsd', 'l4')).value).toBe(8600);
  });

  test('says what a health factor is not', async () => {
    const lending = sampleAnalysis.accounts.find((account) => account.healthFactor !== null);
    expect((await answer('account.healthFactor', lending?.accountId)).notes.join(' ')).toContain('price ÷ health factor is not used');
  });

  test('of a number that does not exist gives the reason in its place', async () => {
    const margin = sampleAnalysis.accounts.find((account) => account.healthFactor === null);
    expect((await answer('account.healthFactor', margin?.accountId)).value).toMatchObject({ reason: 'unsupported' });
    const spot = sampleAnalysis.positions.find((position) => position.impliedVolatility === null);
    expect((await answer('position.vegaUsdPerPoint', spot?.positionId)).value).toMatchObject({ message: 'only options have it' });
  });

  test('passes the failure of a cell on', async () => {
    const failure = { reason: 'missingPrice', message: 'p1: no mark' } as const;
    const [first, ...others] = sampleAnalysis.positions;
    if (first === undefined) throw new Error('the sample has no positions');
    const broken = servicesOf({ ...sampleAnalysis, positions: [{ ...first, valueUsd: failure }, ...others] }, null);
    const found = await broken['explain.number']({ metric: 'position.valueUsd', subjectId: first.positionId }, context);
    expect(found).toMatchObject({ ok: true, value: { value: failure } });
  });

  test('of a liquidation price answers by driver, by side, or nearest', async () => {
    const account = sampleAnalysis.accounts.find((each) => each.liquidationPoints.some((point) => point.downPriceUsd !== null));
    const point = account?.liquidationPoints.find((each) => each.downPriceUsd !== null);
    const subject = `${account?.accountId ?? ''} ${point?.driver ?? ''}`;
    expect((await answer('account.liquidationPoints.downPriceUsd', subject)).value).toBe(point?.downPriceUsd);
    expect(typeof (await answer('account.liquidationPrice', account?.accountId)).value).toBe('number');
    const never = sampleAnalysis.accounts.flatMap((each) =>
      each.liquidationPoints.filter((one) => one.upPriceUsd === null).map((one) => `${each.accountId} ${one.driver}`),
    )[0];
    expect((await answer('account.liquidationPoints.upPriceUsd', never)).worked).toContain('cannot be liquidated by');
  });

  test('of a loop without an id is of the strongest, and of none says so', async () => {
    expect((await answer('network.loops.gain')).value).toBe(Math.max(...sampleAnalysis.network.loops.map((loop) => loop.gain)));
    const calm = servicesOf({ ...sampleAnalysis, network: { ...sampleAnalysis.network, loops: [] } }, null);
    expect(await calm['explain.number']({ metric: 'network.loops.gain' }, context)).toMatchObject({
      ok: true,
      value: { value: { reason: 'unsupported' } },
    });
  });
});

describe('a question that cannot be answered', () => {
  test('by an unknown name is told the names near it', async () => {
    expect(await explain('account.excess', 'MKR-A')).toMatchObject({
      ok: false,
      failure: { reason: 'notFound', remedy: expect.stringContaining('account.excessUsd') as unknown },
    });
    expect(metricsNear('surplus.ration')[0]).toBe('surplus.ratio');
  });

  test('about an unknown subject names it', async () => {
    expect(await explain('account.excessUsd', 'NO-SUCH')).toMatchObject({
      ok: false,
      failure: { reason: 'notFound', message: 'account NO-SUCH is not in the last result' },
    });
    expect(await explain('position.mark')).toMatchObject({ ok: false, failure: { reason: 'notFound' } });
  });

  test('about a failure or plan that is not kept says to ask for it, and one that is not the last is found', async () => {
    expect((await answer('contagion.models.lossUsd', 'aave@0.5 direct')).subject).toContain('Aave fails');
    expect((await answer('contagion.models.lossUsd', 'lido@0.5 direct')).subject).toContain('Lido fails');
    for (const [metric, subject] of [
      ['contagion.models.lossUsd', 'aave@0.25 direct'],
      ['transfers.costUsd', '3 '],
      ['contagion.models.lossUsd', undefined],
      ['fan.finalLossUsd', '00000000 0.5'],
      ['fan.finalLossUsd', `${fanKey(sampleFan)} 0.42`],
      ['phaseMap.rounds', `${phaseMapKey(samplePhaseMap)} 0 7`],
      ['cascade.causes.moves.moved', '00000000 ETH price before 2'],
    ] as const) {
      expect(await explain(metric, subject)).toMatchObject({ ok: false, failure: { reason: 'notFound' } });
    }
  });

  test('a figure of a cascade of the bar is that cascade’s, and of a name without one the reference’s', async () => {
    const [ofBar, ofReference] = [
      await answer('cascade.causes.falls.atFallUsd', `${asked} MKR-A`),
      await answer('cascade.causes.falls.atFallUsd', 'MKR-A'),
    ];
    expect(ofBar.notes.join(' ')).toContain('ETH −30');
    expect(ofReference.notes.join(' ')).toContain('ETH −18');
    expect((await answer('cascade.recordedMarkets.usedFraction', `${asked} ETH`)).value).toBe(1.4);
  });

  test('before any analysis or hedge says what to do', async () => {
    expect(await servicesOf(null, null)['explain.number']({ metric: 'totals.equityUsd' }, context)).toMatchObject({
      ok: false,
      failure: { remedy: 'Run the analysis first.' },
    });
    expect(await servicesOf(sampleAnalysis, null)['explain.number']({ metric: 'hedge.costUsd' }, context)).toMatchObject({
      ok: false,
      failure: { remedy: 'Ask for a suggestion first.' },
    });
  });
});
