import type { RequirementGreek, RequirementResult, RequirementRow } from '../../contract/requirement.ts';
import { fail, type Result } from '../../domain/failure.ts';
import { answerFrom } from './metric.ts';
import type { ExplainedNumber, KnownResults, Metric } from './metric.ts';
import { numberText, orReason, percentText, usdText } from './number-text.ts';

type Row = RequirementResult['accounts'][number];

const NEVER = 'no move of all drivers together within 60 standard deviations uses up the excess';

/** The account of a subject 'ACCOUNT' or 'ACCOUNT rest', and the rest. */
function accountOf(
  { requirement }: KnownResults,
  subjectId: string | undefined,
): Result<{ readonly row: Row; readonly rest: readonly string[] }> {
  if (requirement === null)
    return fail('notFound', 'how requirements move has not been computed yet', { remedy: 'Open the Accounts screen.' });
  const row = requirement.accounts
    .filter((each) => subjectId === each.accountId || subjectId?.startsWith(`${each.accountId} `) === true)
    .toSorted((left, right) => right.accountId.length - left.accountId.length)[0];
  if (row === undefined) return fail('notFound', `account ${subjectId ?? '(none named)'} is not in the last result`);
  return { ok: true, value: { row, rest: (subjectId ?? '').slice(row.accountId.length).trim().split(' ') } };
}

const PARTS = {
  alone: {
    title: 'Change of excess, alone',
    definition: 'How much the excess changes when this one thing moves and nobody reacts.',
    formula: 'alone = excess after the bump − excess now',
    pick: (greek: RequirementGreek) => greek.aloneUsd,
  },
  coupling: {
    title: 'Change of excess, coupling',
    definition: 'What the reactions of all other accounts and of the crowd add to the change of the excess.',
    formula: 'coupling = joint − alone',
    pick: (greek: RequirementGreek) => greek.couplingUsd,
  },
  joint: {
    title: 'Change of excess, joint',
    definition: 'How much the excess changes when this one thing moves and everybody reacts, the account itself left alone.',
    formula: 'joint = excess at the end of the cascade after the bump − the same without it',
    pick: (greek: RequirementGreek) => greek.jointUsd,
  },
} as const;

function greekMetric(part: keyof typeof PARTS): Metric {
  const { title, definition, formula, pick } = PARTS[part];
  return {
    id: `requirement.greeks.${part}Usd`,
    title,
    unit: 'USD',
    definition,
    formula,
    notes: [
      'Below 0 = less excess. The requirement is what must be kept back: equity − excess.',
      'Depth is thinned at the reference shock, since without sales it moves nothing; thresholds and debts change for everybody.',
    ],
    find: (known, subjectId) => {
      const found = accountOf(known, subjectId);
      if (!found.ok) return found;
      const { row, rest } = found.value;
      const greek = row.greeks.find((each) => each.driver === rest.join(' '));
      if (greek === undefined) return fail('notFound', `${row.accountId} has no requirement Greek of ${rest.join(' ')}`);
      return { ok: true, value: explainGreek(row, greek, pick(greek)) };
    },
  };
}

function explainGreek(row: Row, greek: RequirementGreek, value: number): ExplainedNumber {
  const interval =
    greek.interval === null
      ? []
      : [
          `At a tier's cap the slope of the excess is anything from ${usdText(greek.interval.lowUsd)} to ${usdText(greek.interval.highUsd)}.`,
        ];
  return {
    subject: `${row.accountId}, ${greek.title} ${greek.bump}`,
    value: row.trouble ?? value,
    worked: `alone ${usdText(greek.aloneUsd)} + coupling ${usdText(greek.couplingUsd)} = joint ${usdText(greek.jointUsd)}`,
    inputs: [
      { name: 'excess now', value: usdText(row.excessUsd), source: 'rules of the venue' },
      { name: 'delta of the excess', value: usdText(greek.excessDeltaUsd), source: 'closed form, per unit of log move or per 1.00' },
      { name: 'gamma of the excess', value: usdText(greek.excessGammaUsd), source: 'closed form, per unit of log move squared' },
      {
        name: 'delta of the requirement',
        value: usdText(greek.requirementDeltaUsd),
        source: 'closed form, per unit of log move or per 1.00',
      },
      { name: 'alone', value: usdText(greek.aloneUsd), source: 'the account valued again after the bump' },
      { name: 'joint', value: usdText(greek.jointUsd), source: 'cascade after the bump' },
    ],
    notes: interval,
  };
}

const LINES = { linear: 'by its slope here', alone: 'valued again, nobody reacting', joint: 'at the end of the cascade' } as const;

function curveMetric(line: keyof typeof LINES): Metric {
  return {
    id: `requirement.curves.${line}Usd`,
    title: `Excess after a move, ${line}`,
    unit: 'USD',
    definition: `The excess after one driver has moved, ${LINES[line]}.`,
    formula: line === 'linear' ? 'excess now + slope × move' : 'Σ resources − requirement at the moved prices',
    notes: ['Linear, true and joint differ by gamma, by tiers and by the sales of others.'],
    find: (known, subjectId) => answerFrom(accountOf(known, subjectId), ({ row, rest }) => explainPoint(row, rest, line)),
  };
}

function explainPoint(row: Row, [driver = '', move = '']: readonly string[], line: keyof typeof LINES): ExplainedNumber {
  const curve = row.curves.find((each) => each.driver === driver);
  const index = curve?.moves.findIndex((each) => Math.abs(each - Number(move)) < 1e-9) ?? -1;
  const at = (values: readonly number[] | undefined): number | null => values?.[index] ?? null;
  const name = `${driver === '*' ? 'all drivers' : driver} ${percentText(Number(move))}`;
  const points = { linear: at(curve?.linearUsd), alone: at(curve?.aloneUsd), joint: at(curve?.jointUsd) };
  return {
    subject: `${row.accountId}, ${name}`,
    value: row.trouble ?? orReason(points[line], `no curve of ${driver} at that move`),
    worked: `linear ${usdText(points.linear)}, true ${usdText(points.alone)}, joint ${usdText(points.joint)}`,
    inputs: [
      { name: 'excess now', value: usdText(row.excessUsd), source: 'rules of the venue' },
      { name: 'linear', value: usdText(points.linear), source: LINES.linear },
      { name: 'true', value: usdText(points.alone), source: LINES.alone },
      { name: 'joint', value: usdText(points.joint), source: LINES.joint },
    ],
  };
}

function distanceInputs({ distance }: RequirementRow): ExplainedNumber['inputs'] {
  const moves = Object.entries(distance?.joint?.moves ?? {}).filter(([, move]) => Math.abs(move) > 5e-5);
  return [
    {
      name: 'distance, joint',
      value: numberText(distance?.joint?.sigmaDays),
      source: distance?.joint?.isAlongAxis === true ? 'along the common axis' : 'along the most likely move',
    },
    { name: 'distance, alone', value: numberText(distance?.alone?.sigmaDays), source: 'nearest breach, nobody selling' },
    { name: 'distance, linear', value: numberText(distance?.linearSigmaDays), source: 'excess / √(a′ Σ a)' },
    ...moves
      .slice(0, 3)
      .map(([id, move]) => ({ name: `${id} there`, value: percentText(move), source: 'the move that uses up the excess' })),
  ];
}

/** How requirements move: every number of the requirement panel, and the chance of a call. */
export const requirementMetrics: readonly Metric[] = [
  greekMetric('alone'),
  greekMetric('coupling'),
  greekMetric('joint'),
  curveMetric('linear'),
  curveMetric('alone'),
  curveMetric('joint'),
  {
    id: 'requirement.distance.chanceJoint',
    title: 'Chance of a call',
    unit: 'fraction in 7 days',
    definition: 'The chance that all drivers moving together use up the excess within an hour, a day or seven days, everybody reacting.',
    formula: 'P(T) = 2 Φ(−d / √T), d = distance in daily standard deviations, T in days',
    notes: [
      'First passage of a buffer without drift at the daily volatility of the market; larger jumps than a day has shown are not in it.',
      'Bases of staked coins and stables move by themselves with a stated volatility.',
    ],
    find: (known, subjectId) =>
      answerFrom(accountOf(known, subjectId), ({ row }) => ({
        subject: row.accountId,
        value: row.trouble ?? orReason(row.distance?.chanceJoint.week, 'this venue has no requirement'),
        worked:
          row.distance === null || row.distance.joint === null
            ? NEVER
            : `d = ${numberText(row.distance.joint.sigmaDays)}: ${percentText(row.distance.chanceJoint.hour)} in 1 h, ${percentText(row.distance.chanceJoint.day)} in 1 d, ${percentText(row.distance.chanceJoint.week)} in 7 d; alone ${percentText(row.distance.chanceAlone.week)} in 7 d`,
        inputs: distanceInputs(row),
      })),
  },
];
