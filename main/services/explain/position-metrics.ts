import type { PositionResult } from '../../contract/analysis.ts';
import { answerFrom, lookUp } from './metric.ts';
import type { ExplainedInput, ExplainedNumber, KnownResults, Metric } from './metric.ts';
import { numberText, orReason, percentText, usdText } from './number-text.ts';

type Explainer = (position: PositionResult, known: KnownResults) => Omit<ExplainedNumber, 'subject'>;

function positionMetric(metric: Omit<Metric, 'find'>, explain: Explainer): Metric {
  const find: Metric['find'] = (known, subjectId) =>
    answerFrom(
      lookUp(known.analysis.positions, (position) => position.positionId === subjectId, `position ${subjectId ?? '(none named)'}`),
      (position) => ({ subject: `${position.instrumentName}, ${position.accountId}`, ...explain(position, known) }),
    );
  return { ...metric, find };
}

function markText(position: PositionResult): string {
  return `${numberText(position.mark)} ${position.markUnit}`;
}

function quantityText(position: PositionResult): string {
  return position.quantity.replace('-', '−');
}

/** Quantity, mark and volatility with their source, and the driver's price. */
function marketInputs(position: PositionResult, { analysis }: KnownResults): ExplainedInput[] {
  const driver = analysis.drivers.find((each) => each.assetId === position.underlying);
  const quote = `${position.source}, ${position.asOf}${position.isStale ? ' (older than its limit)' : ''}`;
  return [
    { name: 'quantity', value: quantityText(position), source: 'the book' },
    { name: 'mark', value: markText(position), source: quote },
    ...(position.impliedVolatility === null
      ? []
      : [
          { name: 'implied volatility', value: percentText(position.impliedVolatility), source: `smile of the expiry, ${position.source}` },
        ]),
    ...(driver === undefined
      ? []
      : [{ name: `${driver.assetId} price`, value: usdText(driver.priceUsd), source: `market of ${analysis.snapshotAsOf}` }]),
  ];
}

const NOT_AN_OPTION = 'only options have it';
const BLACK = "Black's formula on the forward of the expiry, volatility from the smile.";

/** Numbers of one position. */
export const positionMetrics: readonly Metric[] = [
  positionMetric(
    {
      id: 'position.quantity',
      title: 'Quantity',
      unit: '',
      definition: 'Signed quantity as it was entered: long above zero, debt and short below.',
      formula: 'as entered',
      notes: ['Kept as decimal text, never rounded.'],
    },
    (position, known) => ({ value: Number(position.quantity), worked: quantityText(position), inputs: marketInputs(position, known) }),
  ),
  positionMetric(
    {
      id: 'position.mark',
      title: 'Mark',
      unit: '',
      definition: "Price of one unit in the instrument's own quote unit.",
      formula: 'the quote; for an option without one, Black on the forward of its expiry at the volatility of the smile',
      notes: ['Options settled in coin are quoted in coin. A claim without a quote is worth its backing.'],
    },
    (position, known) => ({
      value: position.mark,
      worked: markText(position),
      inputs: marketInputs(position, known),
      notes: [`Unit: ${position.markUnit}.`],
    }),
  ),
  positionMetric(
    {
      id: 'position.impliedVolatility',
      title: 'Implied volatility',
      unit: 'per √year',
      definition: 'Volatility read from the smile of the expiry at the strike of this option.',
      formula: 'σ = √(w(ln K/F) / T), w = total variance between listed strikes',
      notes: ['Passes through the listed volatilities; the out-of-the-money side of a strike is preferred.'],
    },
    (position, known) => ({
      value: orReason(position.impliedVolatility, NOT_AN_OPTION),
      worked: percentText(position.impliedVolatility),
      inputs: marketInputs(position, known),
    }),
  ),
  positionMetric(
    {
      id: 'position.valueUsd',
      title: 'Value',
      unit: 'USD',
      definition: "The position's contribution to the equity of its account.",
      formula: 'quantity × mark in dollars; for futures and perpetuals, profit since entry',
      notes: ['Debts and losses are below zero. Whole value: no haircut.'],
    },
    (position, known) => ({
      value: position.valueUsd,
      worked: `${quantityText(position)} at ${markText(position)} → ${usdText(position.valueUsd)}`,
      inputs: marketInputs(position, known),
    }),
  ),
  positionMetric(
    {
      id: 'position.valueCoin',
      title: 'Value in coin',
      unit: 'coin',
      definition: 'The same value in the coin in which the contract settles.',
      formula: 'option: Black(F, K, σ√T) / F; future: quantity × (1/entry − 1/mark)',
      notes: ['A loss of a short put in coin has no bound as the price falls to zero.'],
    },
    (position, known) => ({
      value: orReason(position.valueCoin, 'only contracts settled in coin have it'),
      worked: `${numberText(position.valueCoin)} coin → ${usdText(position.valueUsd)}`,
      inputs: marketInputs(position, known),
    }),
  ),
  positionMetric(
    {
      id: 'position.deltaCoin',
      title: 'Delta',
      unit: 'coin',
      definition: 'Coins of the driver that gain and lose as much as the position does for a small move.',
      formula: 'Δ = dV/dS; options: quantity × w Φ(w d₁); wrappers and shares: coins behind them',
      notes: ['Of the whole position, signed. Only for small moves: see gamma.'],
    },
    (position, known) => ({
      value: position.deltaCoin,
      worked: `${numberText(position.deltaCoin)} ${position.underlying ?? 'coin'}`,
      inputs: marketInputs(position, known),
    }),
  ),
  positionMetric(
    {
      id: 'position.gammaUsdPerPercent',
      title: 'Gamma',
      unit: 'USD per 1 %',
      definition: 'Change of the dollar delta when the driver moves by one per cent.',
      formula: 'Γ S² / 100, Γ = φ(d₁) / (F σ √T) per unit',
      notes: [BLACK, 'Of the whole position: short options are below zero.'],
    },
    (position, known) => ({
      value: orReason(position.gammaUsdPerPercent, NOT_AN_OPTION),
      worked: `${usdText(position.gammaUsdPerPercent)} per 1 %`,
      inputs: marketInputs(position, known),
    }),
  ),
  positionMetric(
    {
      id: 'position.vegaUsdPerPoint',
      title: 'Vega',
      unit: 'USD per point',
      definition: 'Change of value when the implied volatility rises by one point.',
      formula: 'F φ(d₁) √T / 100 per unit',
      notes: [BLACK, 'One point is 0.01 of volatility; all strikes and expiries shift alike.'],
    },
    (position, known) => ({
      value: orReason(position.vegaUsdPerPoint, NOT_AN_OPTION),
      worked: `${usdText(position.vegaUsdPerPoint)} per point`,
      inputs: marketInputs(position, known),
    }),
  ),
  positionMetric(
    {
      id: 'position.thetaUsdPerDay',
      title: 'Theta',
      unit: 'USD per day',
      definition: 'Change of value over one calendar day in which nothing else moves.',
      formula: '−F φ(d₁) σ / (2 √T) / 365 per unit',
      notes: [BLACK, 'Decay is below zero for a long option. A year has 365 days.'],
    },
    (position, known) => ({
      value: orReason(position.thetaUsdPerDay, NOT_AN_OPTION),
      worked: `${usdText(position.thetaUsdPerDay)} per day`,
      inputs: marketInputs(position, known),
    }),
  ),
  positionMetric(
    {
      id: 'position.requirementUsd',
      title: 'Requirement of the position',
      unit: 'USD',
      definition: 'Maintenance margin that the venue attributes to this position.',
      formula: 'tier rate × notional − deduction, or the standard margin of the option',
      notes: ['Does not exist where the venue judges the pool whole, as lending venues do.'],
    },
    (position, known) => ({
      value: orReason(position.requirementUsd, 'the venue judges the account whole'),
      worked: usdText(position.requirementUsd),
      inputs: marketInputs(position, known),
    }),
  ),
  positionMetric(
    {
      id: 'position.lookThroughUsd',
      title: 'Look-through exposure',
      unit: 'USD',
      definition: 'The position seen as base assets, with wrappers, vaults and shares replaced by what backs them until none remain.',
      formula: 't = B′ (I − W′)⁻¹ x',
      notes: ['Signed: debts are below zero. Loops are solved; a loop with gain of one or more is a named failure.'],
    },
    (position) => {
      const parts = Object.entries(position.lookThroughUsd).toSorted((left, right) => Math.abs(right[1]) - Math.abs(left[1]));
      const total = parts.reduce((sum, [, usd]) => sum + usd, 0);
      return {
        value: total,
        worked: `${parts.map(([asset, usd]) => `${asset} ${usdText(usd)}`).join(' + ') || 'no base asset'} = ${usdText(total)}`,
        inputs: parts
          .slice(0, 6)
          .map(([asset, usd]) => ({ name: asset, value: usdText(usd), source: 'backing of the claim, dependency graph' })),
      };
    },
  ),
];
