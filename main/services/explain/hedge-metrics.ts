import type { HedgeLeg, HedgeResult } from '../../contract/hedge.ts';
import { fail } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { answerFrom, lookUp } from './metric.ts';
import type { ExplainedInput, ExplainedNumber, KnownResults, Metric } from './metric.ts';
import { numberText, orReason, percentText, usdText } from './number-text.ts';

function hedgeOf({ hedge }: KnownResults): Result<HedgeResult> {
  return hedge === null
    ? fail('notFound', 'no hedge has been suggested for this book yet', { remedy: 'Ask for a suggestion first.' })
    : { ok: true, value: hedge };
}

/** A metric of the whole suggestion. */
export function hedgeMetric(metric: Omit<Metric, 'find'>, explain: (hedge: HedgeResult) => Omit<ExplainedNumber, 'subject'>): Metric {
  return {
    ...metric,
    find: (known) => answerFrom(hedgeOf(known), (hedge) => ({ subject: `${hedge.legs.length} actions`, ...explain(hedge) })),
  };
}

/** A metric of one action; its subject is the action's id. */
export function legMetric(metric: Omit<Metric, 'find'>, explain: (leg: HedgeLeg) => Pick<ExplainedNumber, 'value' | 'worked'>): Metric {
  const find: Metric['find'] = (known, subjectId) => {
    const hedge = hedgeOf(known);
    if (!hedge.ok) return hedge;
    return answerFrom(
      lookUp(hedge.value.legs, (leg) => leg.id === subjectId, `action ${subjectId ?? '(none named)'}`),
      (leg) => ({
        subject: leg.title,
        ...explain(leg),
        inputs: [
          { name: 'quantity', value: leg.quantity, source: leg.route },
          { name: 'notional', value: usdText(leg.notionalUsd), source: 'quantity × price' },
          { name: 'cost', value: usdText(leg.costUsd), source: 'half spread + fee + market impact + gas' },
          ...(leg.carryUsd === undefined
            ? []
            : [
                {
                  name: 'carry',
                  value: usdText(leg.carryUsd),
                  source: 'funding, basis, time decay while it is kept; counts like a cost, paid later',
                },
              ]),
          { name: 'premium', value: usdText(leg.premiumUsd), source: 'paid above zero, received below' },
          { name: 'depth used', value: percentText(leg.depthUsedFraction), source: 'recorded depth, pools and idle coins' },
        ],
        notes: [leg.why],
      }),
    );
  };
  return { ...metric, find };
}

function costliestLegs(hedge: HedgeResult): ExplainedInput[] {
  return hedge.legs
    .toSorted((left, right) => right.costUsd - left.costUsd)
    .slice(0, 6)
    .map((leg) => ({ name: leg.title, value: usdText(leg.costUsd), source: leg.route }));
}

function measureInputs(hedge: HedgeResult): ExplainedInput[] {
  return [
    { name: 'ES before', value: usdText(hedge.before.expectedShortfallUsd), source: 'full cascade' },
    { name: 'ES after', value: usdText(hedge.after.expectedShortfallUsd), source: 'full cascade with the actions' },
    { name: 'any liquidation before', value: percentText(hedge.before.anyLiquidationFraction), source: `${hedge.scenarios} scenarios` },
    { name: 'any liquidation after', value: percentText(hedge.after.anyLiquidationFraction), source: `${hedge.scenarios} scenarios` },
    { name: 'cost', value: usdText(hedge.after.costUsd), source: 'half spread + fee + market impact + gas' },
    { name: 'confidence', value: percentText(hedge.confidence), source: 'scenario set' },
  ];
}

const FULL = 'Measured by the full cascade, not by the linear program that chose the actions.';
const LEG_NOTE = 'Of this action only.';

/** Numbers of the suggested hedge. */
export const hedgeMetrics: readonly Metric[] = [
  hedgeMetric(
    {
      id: 'hedge.costUsd',
      aliases: ['hedge.after.costUsd'],
      title: 'Cost of the suggestion',
      unit: 'USD',
      definition: 'What carrying out all actions costs at once.',
      formula: 'Σ half spread + fee + market impact + gas',
      notes: ['Option premium is not a cost but an exchange of value; it is shown beside it.'],
    },
    (hedge) => ({
      value: hedge.after.costUsd,
      worked: `${hedge.legs.length} actions: ${usdText(hedge.after.costUsd)}; premium ${usdText(hedge.after.premiumUsd)}`,
      inputs: costliestLegs(hedge),
    }),
  ),
  hedgeMetric(
    {
      id: 'hedge.premiumUsd',
      aliases: ['hedge.after.premiumUsd'],
      title: 'Premium',
      unit: 'USD',
      definition: 'Option premium paid less premium received.',
      formula: 'Σ premium',
      notes: ['Paid above zero.'],
    },
    (hedge) => ({ value: hedge.after.premiumUsd, worked: usdText(hedge.after.premiumUsd), inputs: costliestLegs(hedge) }),
  ),
  hedgeMetric(
    {
      id: 'hedge.expectedShortfallAfterUsd',
      aliases: ['hedge.expectedShortfallUsd', 'hedge.after.expectedShortfallUsd'],
      title: 'Expected shortfall with the suggestion',
      unit: 'USD',
      definition: 'Mean loss of the worst days once all actions are carried out.',
      formula: 'mean loss beyond the confidence level',
      notes: [FULL, 'Losses are above zero. Horizon one day.'],
    },
    (hedge) => ({
      value: hedge.after.expectedShortfallUsd,
      worked: `${usdText(hedge.before.expectedShortfallUsd)} before, ${usdText(hedge.after.expectedShortfallUsd)} after`,
      inputs: measureInputs(hedge),
    }),
  ),
  hedgeMetric(
    {
      id: 'hedge.before.expectedShortfallUsd',
      title: 'Expected shortfall without it',
      unit: 'USD',
      definition: 'Mean loss of the worst days if nothing is done.',
      formula: 'mean loss beyond the confidence level',
      notes: [FULL],
    },
    (hedge) => ({
      value: hedge.before.expectedShortfallUsd,
      worked: usdText(hedge.before.expectedShortfallUsd),
      inputs: measureInputs(hedge),
    }),
  ),
  hedgeMetric(
    {
      id: 'hedge.anyLiquidationFraction',
      aliases: ['hedge.after.anyLiquidationFraction'],
      title: 'Any liquidation with the suggestion',
      unit: 'fraction',
      definition: 'Share of the days on which any account of the book still falls.',
      formula: 'days with a fallen account / days',
      notes: [FULL],
    },
    (hedge) => ({
      value: hedge.after.anyLiquidationFraction,
      worked: `${percentText(hedge.before.anyLiquidationFraction)} before, ${percentText(hedge.after.anyLiquidationFraction)} after`,
      inputs: measureInputs(hedge),
    }),
  ),
  hedgeMetric(
    {
      id: 'hedge.fallenAtReference',
      aliases: ['hedge.after.fallenAtReference'],
      title: 'Accounts that fall',
      unit: 'accounts',
      definition: 'Accounts of the book that fall at the reference shock with the suggestion.',
      formula: 'count in the cascade at the reference shock',
      notes: [FULL],
    },
    (hedge) => ({
      value: hedge.after.fallenAtReference.length,
      worked: `${hedge.before.fallenAtReference.length} before (${hedge.before.fallenAtReference.join(', ') || 'none'}), ${hedge.after.fallenAtReference.length} after (${hedge.after.fallenAtReference.join(', ') || 'none'})`,
      inputs: hedge.savedAccountIds
        .slice(0, 6)
        .map((accountId) => ({ name: accountId, value: 'saved', source: 'cascade with the actions' })),
    }),
  ),
  hedgeMetric(
    {
      id: 'hedge.gapFraction',
      title: 'Gap of the solver',
      unit: 'fraction',
      definition: "How far the suggestion's objective may be from the best one possible.",
      formula: '(value − bound) / |value|',
      notes: ['Comes from whole lots and the time limit; a gap of the program, not of the model.'],
    },
    (hedge) => ({
      value: hedge.gapFraction,
      worked: `${hedge.status}: ${percentText(hedge.gapFraction)}`,
      inputs: [
        { name: 'solver', value: hedge.solver, source: hedge.status },
        { name: 'scenarios', value: String(hedge.scenarios), source: 'program' },
        { name: 'candidates', value: String(hedge.candidates), source: 'option chain, perpetuals, spot, cash and loans' },
      ],
    }),
  ),
  hedgeMetric(
    {
      id: 'hedge.recheck.gapFraction',
      title: 'Gap to the full cascade',
      unit: 'fraction',
      definition: "Difference between the program's expected shortfall and the one of the full cascade.",
      formula: '(cascade − program) / |cascade|',
      notes: ['The program takes the cascade of the book as it is; actions that change who falls make the two differ.'],
    },
    (hedge) => ({
      value: hedge.recheck.gapFraction,
      worked: `program ${usdText(hedge.recheck.programUsd)}, cascade ${usdText(hedge.recheck.cascadeUsd)}: ${percentText(hedge.recheck.gapFraction)}`,
      inputs: [{ name: 'passes', value: String(hedge.recheck.passes), source: 'program and cascade in turn' }],
    }),
  ),
  {
    id: 'hedge.duals.value',
    title: 'Price of a limit',
    unit: 'per unit',
    definition: 'What one more unit of a binding limit would save of the objective.',
    formula: 'dual value of the constraint',
    notes: ['Holds for small changes only.'],
    find: (known, subjectId) => {
      const hedge = hedgeOf(known);
      if (!hedge.ok) return hedge;
      return answerFrom(
        lookUp(hedge.value.duals, (dual) => dual.constraint === subjectId, `limit ${subjectId ?? '(none named)'}`),
        (dual) => ({
          subject: dual.constraint,
          value: orReason(dual.value, 'not binding'),
          worked: `${numberText(dual.value)} per unit: ${dual.text}`,
          inputs: [{ name: 'limit', value: dual.constraint, source: 'linear program' }],
        }),
      );
    },
  },
  legMetric(
    {
      id: 'hedge.legs.costUsd',
      title: 'Cost',
      unit: 'USD',
      definition:
        'What carrying out this action costs, market impact included: what the price gives way to it. Actions that trade a contract the same way share theirs by notional.',
      formula: 'half spread + fee + market impact + gas',
      notes: [LEG_NOTE],
    },
    (leg) => ({ value: leg.costUsd, worked: usdText(leg.costUsd) }),
  ),
  legMetric(
    {
      id: 'hedge.legs.notionalUsd',
      title: 'Notional',
      unit: 'USD',
      definition: 'Size of this action in dollars.',
      formula: '|quantity| × price',
      notes: [LEG_NOTE],
    },
    (leg) => ({ value: leg.notionalUsd, worked: `${leg.quantity} → ${usdText(leg.notionalUsd)}` }),
  ),
  legMetric(
    {
      id: 'hedge.legs.premiumUsd',
      title: 'Premium',
      unit: 'USD',
      definition: 'Premium paid, or received when below zero.',
      formula: 'quantity × option price',
      notes: [LEG_NOTE],
    },
    (leg) => ({ value: leg.premiumUsd, worked: `${leg.quantity} → ${usdText(leg.premiumUsd)}` }),
  ),
  legMetric(
    {
      id: 'hedge.legs.depthUsedFraction',
      title: 'Depth used',
      unit: 'fraction',
      definition: 'Share of the depth limit that this trade takes.',
      formula: 'quantity / limit',
      notes: [LEG_NOTE],
    },
    (leg) => ({ value: leg.depthUsedFraction, worked: percentText(leg.depthUsedFraction) }),
  ),
  legMetric(
    {
      id: 'hedge.legs.expectedShortfallEffectUsd',
      title: 'Effect on expected shortfall',
      unit: 'USD',
      definition: 'Change of expected shortfall that this action makes: what would come back if it alone were left out.',
      formula: 'ES(all) − ES(all but this one)',
      notes: [FULL, 'Below zero helps. Effects of the actions do not add up.'],
    },
    (leg) => ({ value: leg.expectedShortfallEffectUsd, worked: usdText(leg.expectedShortfallEffectUsd) }),
  ),
];
