import type { AccountResult } from '../../contract/analysis.ts';
import { sourcesOf } from './coverage-note.ts';
import { answerFrom, lookUp } from './metric.ts';
import type { ExplainedInput, ExplainedNumber, KnownResults, Metric } from './metric.ts';
import { numberOf, numberText, orReason, percentText, usdText } from './number-text.ts';

type Explainer = (account: AccountResult, known: KnownResults) => Omit<ExplainedNumber, 'subject'>;

function accountMetric(metric: Omit<Metric, 'find'>, explain: Explainer): Metric {
  const find: Metric['find'] = (known, subjectId) =>
    answerFrom(
      lookUp(known.analysis.accounts, (account) => account.accountId === subjectId, `account ${subjectId ?? '(none named)'}`),
      (account) => ({ subject: account.accountId, ...explain(account, known) }),
    );
  return { ...metric, find };
}

/** Resources on the one scale of every family: requirement plus excess; null where the account has no requirement. */
function resourcesUsd(account: AccountResult): number | null {
  const requirement = numberOf(account.maintenanceRequirementUsd);
  const excess = numberOf(account.excessUsd);
  return requirement === null || excess === null ? null : requirement + excess;
}

const NO_REQUIREMENT = 'this venue has no requirement, so nothing is ever liquidated here';

function rulesOf(account: AccountResult): string {
  return `rules of ${account.venueName} (${account.family})`;
}

function positionInputs(account: AccountResult, { analysis }: KnownResults): ExplainedInput[] {
  const own = analysis.positions.filter((position) => position.accountId === account.accountId);
  const bySize = own.toSorted((left, right) => Math.abs(numberOf(right.valueUsd) ?? 0) - Math.abs(numberOf(left.valueUsd) ?? 0));
  return bySize.slice(0, 6).map((position) => ({
    name: `${position.instrumentName} (${position.positionId})`,
    value: usdText(position.valueUsd),
    source: `${position.source}, ${position.asOf}`,
  }));
}

function balanceInputs(account: AccountResult, known: KnownResults): ExplainedInput[] {
  return [
    { name: 'resources', value: usdText(resourcesUsd(account)), source: 'collateral × threshold (lending) or equity (margin)' },
    { name: 'requirement', value: usdText(account.maintenanceRequirementUsd), source: rulesOf(account) },
    { name: 'binds', value: account.binding, source: rulesOf(account) },
    { name: 'prices', value: known.analysis.snapshotAsOf, source: sourcesOf(known.analysis) },
  ];
}

function crossing(account: AccountResult, known: KnownResults): ExplainedInput[] {
  const drivers = known.analysis.drivers.map((driver) => ({
    name: `${driver.assetId} per unit of the axis`,
    value: numberText(driver.beta),
    source: `scenario set ${known.analysis.scenarioSetId}`,
  }));
  return [{ name: 'excess now', value: usdText(account.excessUsd), source: rulesOf(account) }, ...drivers.slice(0, 5)];
}

const ONE_SCALE =
  'Resources and requirement are on one scale for every family: collateral × threshold against debt, or equity against maintenance margin.';

/** Numbers of one account. */
export const accountMetrics: readonly Metric[] = [
  accountMetric(
    {
      id: 'account.equityUsd',
      title: 'Equity',
      unit: 'USD',
      definition: 'What would be left for the owner if every position of the account were closed at its mark.',
      formula: 'equity = Σ value of positions (debts and losses negative)',
      notes: ['Whole market value: no haircut, no closing cost. Not the borrowing power.'],
    },
    (account, known) => ({
      value: account.equityUsd,
      worked: `equity = sum of ${account.positions} positions = ${usdText(account.equityUsd)}`,
      inputs: positionInputs(account, known),
    }),
  ),
  accountMetric(
    {
      id: 'account.grossUsd',
      title: 'Gross value',
      unit: 'USD',
      definition: 'Sum of the sizes of all positions, whatever their sign.',
      formula: 'gross = Σ |value or notional|',
      notes: ['Always positive; not an exposure, since long and short do not cancel.'],
    },
    (account, known) => ({
      value: account.grossUsd,
      worked: `gross of ${account.positions} positions = ${usdText(account.grossUsd)}`,
      inputs: positionInputs(account, known),
    }),
  ),
  accountMetric(
    {
      id: 'account.initialRequirementUsd',
      title: 'Initial requirement',
      unit: 'USD',
      definition: 'Equity or borrowing power that the venue asks for before it lets the account open more.',
      formula: 'initial margin by the rules of the venue; for lending, the debt measured against loan-to-value',
      notes: ['Falling below it blocks new risk; it does not liquidate.'],
    },
    (account, known) => ({
      value: orReason(account.initialRequirementUsd, NO_REQUIREMENT),
      worked: `initial ${usdText(account.initialRequirementUsd)}, maintenance ${usdText(account.maintenanceRequirementUsd)}`,
      inputs: balanceInputs(account, known),
    }),
  ),
  accountMetric(
    {
      id: 'account.maintenanceRequirementUsd',
      aliases: ['account.requirementUsd'],
      title: 'Requirement',
      unit: 'USD',
      definition: 'What the account must cover to keep its positions: its debt at a lending venue, its maintenance margin elsewhere.',
      formula: 'requirement = debt (lending), Σ maintenance margin of positions, or factor × worst scenario + add-ons (portfolio margin)',
      notes: [ONE_SCALE, 'Under portfolio or standard-manager margin positions are netted first, so none has a requirement of its own.'],
    },
    (account, known) => ({
      value: orReason(account.maintenanceRequirementUsd, NO_REQUIREMENT),
      worked: `${rulesOf(account)}: ${usdText(account.maintenanceRequirementUsd)}; binds: ${account.binding}`,
      inputs: balanceInputs(account, known),
    }),
  ),
  accountMetric(
    {
      id: 'account.excessUsd',
      title: 'Excess',
      unit: 'USD',
      definition: 'How far the account is above its requirement; it is liquidated below zero.',
      formula: 'excess = resources − requirement',
      notes: [ONE_SCALE, 'Positive is safe. Not withdrawable cash: that is limited by the initial requirement.'],
    },
    (account, known) => ({
      value: orReason(account.excessUsd, NO_REQUIREMENT),
      worked: `${usdText(resourcesUsd(account))} − ${usdText(account.maintenanceRequirementUsd)} = ${usdText(account.excessUsd)}`,
      inputs: balanceInputs(account, known),
    }),
  ),
  accountMetric(
    {
      id: 'account.useFraction',
      title: 'Requirement use',
      unit: 'fraction',
      definition: 'Share of the resources that the requirement takes up; the account is liquidated when it passes 100 %.',
      formula: 'use = requirement / resources',
      notes: [ONE_SCALE, 'For a lending account it is 1 / health factor.'],
    },
    (account, known) => ({
      value: orReason(account.useFraction, NO_REQUIREMENT),
      worked: `${usdText(account.maintenanceRequirementUsd)} / ${usdText(resourcesUsd(account))} = ${percentText(account.useFraction)}`,
      inputs: balanceInputs(account, known),
    }),
  ),
  accountMetric(
    {
      id: 'account.healthFactor',
      title: 'Health factor',
      unit: '',
      definition: 'Collateral counted at its liquidation thresholds over debt; the account may be liquidated below 1.',
      formula: 'health factor = Σ collateral × threshold / debt',
      notes: [
        'Infinite without debt. Health factor − 1 is not a distance, and price ÷ health factor is not used: it is wrong as soon as debt or other collateral moves too.',
      ],
    },
    (account, known) => ({
      value: orReason(account.healthFactor, 'only lending accounts have a health factor; see requirement use'),
      worked: `${usdText(resourcesUsd(account))} / ${usdText(account.maintenanceRequirementUsd)} = ${numberText(account.healthFactor)}`,
      inputs: balanceInputs(account, known),
    }),
  ),
  accountMetric(
    {
      id: 'account.aloneMove',
      title: 'Distance alone',
      unit: 'fraction',
      definition: 'The move of the common axis that would liquidate this account if prices moved but nobody had to sell.',
      formula: 'first s with excess(prices × (1 + β s)) < 0',
      notes: [
        'Negative is a fall. Prices move along the axis of the scenario set; forced selling is left out, so it is never nearer than the joint distance by more than rounding.',
        'Price ÷ health factor is not used.',
      ],
    },
    (account, known) => ({
      value: orReason(
        account.aloneMove,
        account.maintenanceRequirementUsd === null ? NO_REQUIREMENT : 'no move of the axis liquidates it while nobody sells',
      ),
      worked:
        account.aloneMove === null
          ? 'no crossing was found along the axis'
          : `excess falls from ${usdText(account.excessUsd)} to 0 at ${percentText(account.aloneMove)}`,
      inputs: crossing(account, known),
    }),
  ),
  accountMetric(
    {
      id: 'account.jointMove',
      title: 'Distance, joint',
      unit: 'fraction',
      definition: 'The move of the common axis that liquidates this account once every account, the crowd included, reacts to every other.',
      formula: 'first s for which the account falls in the cascade started by s',
      notes: [
        'Negative is a fall. Forced sales move prices, discounts of wrappers and claims on lenders; the gap to the distance alone is what the ties cost.',
      ],
    },
    (account, known) => ({
      value: orReason(
        account.jointMove,
        account.maintenanceRequirementUsd === null ? NO_REQUIREMENT : 'no move of the axis liquidates it, not even with everybody selling',
      ),
      worked: `joint ${percentText(account.jointMove)} against alone ${percentText(account.aloneMove)}`,
      inputs: [
        ...crossing(account, known).slice(0, 3),
        { name: 'alone', value: percentText(account.aloneMove), source: 'same axis, nobody sells' },
        {
          name: 'depth gone',
          value: percentText(known.analysis.cascade.assumptions.depthThinningFraction),
          source: `scenario set ${known.analysis.scenarioSetId}`,
        },
        {
          name: 'crowd',
          value: known.analysis.cascade.assumptions.includeCrowd ? 'included' : 'left out',
          source: `scenario set ${known.analysis.scenarioSetId}`,
        },
      ],
    }),
  ),
  accountMetric(
    {
      id: 'account.sigmaDays',
      title: 'Distance in days of volatility',
      unit: 'σ-days',
      definition: 'How many standard deviations of a day all drivers must move together, in the most likely way, to use up the excess.',
      formula:
        'd = least √(s′ Σ⁻¹ s) with excess(s) ≤ 0, s = moves of the drivers, Σ = daily covariance; excess / √(a′ Σ a) if the excess is linear with slopes a',
      notes: ['Options and tiers are valued again at every move, nobody sells. Probability to be hit within T days is about 2 Φ(−d/√T).'],
    },
    (account, known) => ({
      value: orReason(account.sigmaDays, NO_REQUIREMENT),
      worked:
        numberOf(account.sigmaDays) === Infinity
          ? 'no move of the drivers within 60 standard deviations uses up the excess'
          : `the excess of ${usdText(account.excessUsd)} is used up ${numberText(account.sigmaDays)} standard deviations away, ${usdText(dailyDeviation(account))} for each`,
      inputs: [
        { name: 'excess', value: usdText(account.excessUsd), source: rulesOf(account) },
        { name: 'excess per standard deviation', value: usdText(dailyDeviation(account)), source: 'on the way to the nearest breach' },
        ...known.analysis.drivers.slice(0, 4).map((driver) => ({
          name: `${driver.assetId} daily volatility`,
          value: percentText(driver.dailyVolatility),
          source: 'history of the snapshot',
        })),
      ],
    }),
  ),
  accountMetric(
    {
      id: 'account.fallsInRound',
      title: 'Falls in round',
      unit: 'round',
      definition: 'The round of the cascade at the reference shock in which this account is liquidated.',
      formula: 'first round whose starting prices leave the excess below 0',
      notes: ['Round 1 falls by the shock itself; later rounds fall by the sales of the rounds before.'],
    },
    (account, known) => {
      const fallen = known.analysis.cascade.fallen.find((each) => each.accountId === account.accountId);
      return {
        value: orReason(account.fallsInRound, 'it holds at the reference shock'),
        worked: fallen === undefined ? 'its excess stays above 0 in every round' : fallen.because,
        inputs: [
          { name: 'rounds', value: String(known.analysis.cascade.rounds.length), source: 'cascade at the reference shock' },
          {
            name: 'causes',
            value: fallen === undefined || fallen.causes.length === 0 ? 'the shock itself' : fallen.causes.join(', '),
            source: 'sales of earlier rounds',
          },
          { name: 'sold', value: usdText(fallen?.soldUsd ?? 0), source: 'cascade at the reference shock' },
        ],
      };
    },
  ),
];

/** Excess used up per standard deviation on the way to the breach; null where there is no distance. */
function dailyDeviation(account: AccountResult): number | null {
  const days = numberOf(account.sigmaDays);
  const excess = numberOf(account.excessUsd);
  return days === null || excess === null || days === 0 || !Number.isFinite(days) ? null : excess / days;
}
