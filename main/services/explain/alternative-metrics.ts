import type { HedgeAlternative, HedgeAlternatives } from '../../contract/hedge-alternatives.ts';
import type { HedgeRefresh } from '../../contract/hedge-refresh.ts';
import { fail, type Result } from '../../domain/failure.ts';
import { answerFrom, lookUp, type ExplainedInput, type ExplainedNumber, type Metric } from './metric.ts';
import { percentText, usdText } from './number-text.ts';

const SAME = 'Every plan goes through the same full cascades, whoever chose it: the linear program, a rule, or nobody.';

type Compared = { readonly plan: HedgeAlternative; readonly all: HedgeAlternatives };

/** A metric of one plan of the comparison; the subject is its id. */
function planMetric(
  metric: Omit<Metric, 'find' | 'notes'>,
  explain: (compared: Compared) => Pick<ExplainedNumber, 'value' | 'worked'>,
): Metric {
  return {
    ...metric,
    notes: [SAME],
    find: ({ alternatives }, subjectId) =>
      answerFrom(comparedOf(alternatives, subjectId), (compared) => ({
        subject: compared.plan.name,
        ...explain(compared),
        inputs: planInputs(compared.plan),
        notes: [`${compared.plan.meaning}.`, ...compared.plan.notes],
      })),
  };
}

function comparedOf(all: HedgeAlternatives | null, subjectId: string | undefined): Result<Compared> {
  if (all === null)
    return fail('notFound', 'no alternatives have been compared for this book yet', { remedy: 'Compare alternatives first.' });
  const found = lookUp(all.alternatives, ({ id }) => id === subjectId, `plan ${subjectId ?? '(none named)'}`);
  return found.ok ? { ok: true, value: { plan: found.value, all } } : found;
}

/** The dearest actions: what a plan is made of. */
function planInputs({ actions }: HedgeAlternative): ExplainedInput[] {
  return actions
    .toSorted((left, right) => right.notionalUsd - left.notionalUsd)
    .slice(0, 6)
    .map(({ title, notionalUsd, costUsd }) => ({ name: title, value: usdText(notionalUsd), source: `costs ${usdText(costUsd)}` }));
}

function refreshMetric(
  metric: Omit<Metric, 'find' | 'notes'>,
  explain: (leg: HedgeRefresh['legs'][number]) => Pick<ExplainedNumber, 'value' | 'worked'>,
): Metric {
  return {
    ...metric,
    notes: ['A leg may stay while nobody falls for leaving it and changing it alone takes off less than its cost has to take off.'],
    find: ({ refresh }, subjectId) => {
      if (refresh === null)
        return fail('notFound', 'no standing suggestion has been solved again', { remedy: 'Refresh the suggestion first.' });
      return answerFrom(
        lookUp(refresh.legs, ({ id }) => id === subjectId, `action ${subjectId ?? '(none named)'}`),
        (leg) => ({
          subject: leg.title,
          ...explain(leg),
          inputs: [
            { name: 'as it stands', value: leg.standingQuantity ?? 'not part of it', source: `suggested ${refresh.madeAt}` },
            { name: 'now', value: leg.freshQuantity ?? 'not part of it', source: 'solved on the book and market as they are' },
          ],
          notes: [leg.why, ...refresh.changes],
        }),
      );
    },
  };
}

/** Numbers of the comparison of plans, and of a standing suggestion solved again. */
export const alternativeMetrics: readonly Metric[] = [
  planMetric(
    {
      id: 'alternatives.costUsd',
      title: 'Cost of the plan',
      unit: 'USD',
      definition:
        'What carrying out all its actions costs at once: half spread, fees, market impact and gas. Premium is not a cost; it buys a position.',
      formula: 'Σ half spread + fee + market impact + gas',
    },
    ({ plan }) => ({ value: plan.measures.costUsd, worked: `${plan.actions.length} actions: ${usdText(plan.measures.costUsd)}` }),
  ),
  planMetric(
    {
      id: 'alternatives.expectedShortfallUsd',
      title: 'Expected shortfall with the plan',
      unit: 'USD',
      definition: 'Mean loss of the worst days with the plan carried out and its costs paid, all accounts reacting to each other.',
      formula: 'mean of the worst (1 − confidence) of the losses',
    },
    ({ plan, all }) => ({
      value: plan.measures.expectedShortfallUsd,
      worked: `the worst ${percentText(1 - all.confidence)} of ${all.scenarios} days lose ${usdText(plan.measures.expectedShortfallUsd)} on average`,
    }),
  ),
  planMetric(
    {
      id: 'alternatives.anyLiquidationFraction',
      title: 'Any liquidation with the plan',
      unit: '1',
      definition: 'Share of the days on which at least one account is liquidated.',
      formula: 'days with a liquidation / days',
    },
    ({ plan, all }) => ({
      value: plan.measures.anyLiquidationFraction,
      worked: `${percentText(plan.measures.anyLiquidationFraction)} of ${all.scenarios} days`,
    }),
  ),
  planMetric(
    {
      id: 'alternatives.secondRoundLossUsd',
      title: 'Second-round loss with the plan',
      unit: 'USD',
      definition: 'What forced selling adds to the loss of the reference shock once everybody reacts.',
      formula: 'loss with all rounds − loss of the shock alone',
    },
    ({ plan }) => ({ value: plan.measures.secondRoundLossUsd, worked: usdText(plan.measures.secondRoundLossUsd) }),
  ),
  refreshMetric(
    {
      id: 'refresh.legs.gainUsd',
      title: 'What changing this action is worth',
      unit: 'USD',
      definition:
        'By how much the expected shortfall falls if this action alone is changed to what would be suggested now, the others as they stand.',
      formula: 'ES as it stands − ES with this action changed',
    },
    (leg) => ({ value: leg.gainUsd, worked: `${usdText(leg.gainUsd)} for a cost of ${usdText(leg.costUsd)}` }),
  ),
  refreshMetric(
    {
      id: 'refresh.legs.costUsd',
      title: 'What changing this action costs',
      unit: 'USD',
      definition: 'Half spread and fee of the difference, and gas once: a small change on chain never pays.',
      formula: '|difference| × (half spread + fee) + market impact of the difference + gas',
    },
    (leg) => ({ value: leg.costUsd, worked: usdText(leg.costUsd) }),
  ),
  refreshMetric(
    {
      id: 'refresh.legs.bandUse',
      title: 'Part of its no-trade band',
      unit: '1',
      definition:
        "How far what changing this action would mend has come towards the edge of its no-trade band; above 1 it is to be changed. A contract is judged by the book's delta to its driver against the fresh one, everything else by what changing it alone takes off the expected shortfall.",
      formula:
        "contracts: |delta off| / half width, Zakamouline's λ/(γ S σ² T) + 1.12 λ^0.31 T^0.05 (1/σ)^0.25 (Γ/γ)^0.5, or Whalley and Wilmott's (3/2 λ S Γ² / γ)^(1/3); otherwise: gain / (width × cost weight × cost)",
    },
    (leg) => ({ value: leg.bandUse ?? { reason: 'notFound' as const, message: NO_BAND }, worked: bandText(leg) }),
  ),
];

const NO_BAND = 'it stands as it is, or its band is closed';

/** The band with the numbers it was drawn from. */
function bandText({ band, bandUse, bandFraction, gainUsd, costUsd }: HedgeRefresh['legs'][number]): string {
  if (band === null)
    return bandUse === null
      ? NO_BAND
      : `${usdText(gainUsd)} against ${percentText(bandFraction)} of the band that its cost of ${usdText(costUsd)} gives`;
  const { driverId, deviationCoin, halfWidthCoin, whalleyWilmottCoin, zakamoulineCoin, narrowedBy } = band;
  const widths = `Zakamouline ${zakamoulineCoin === null ? 'does not hold here' : figure(zakamoulineCoin)}, Whalley-Wilmott ${figure(whalleyWilmottCoin)}`;
  const terms = `λ ${band.costFraction.toPrecision(2)}, Γ ${band.gammaCoinPerUsd.toPrecision(2)} ${driverId}/USD, γ ${band.riskAversionPerUsd.toPrecision(2)}/USD, σ ${percentText(band.volatility)}`;
  const narrow = narrowedBy === null ? '' : `, narrowed by what ${narrowedBy} is away from falling`;
  return `${figure(deviationCoin)} ${driverId} of ${figure(halfWidthCoin)}${narrow} (${widths}; ${terms})`;
}

function figure(coins: number): string {
  return Math.abs(coins).toLocaleString('en-US', { maximumSignificantDigits: 4 });
}
