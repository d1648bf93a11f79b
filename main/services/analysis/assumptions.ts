import type { Assumption } from '../../domain/snapshot.ts';
import { CLAIM_BASIS, STABLE_BASIS } from '../requirement/breach-factors.ts';
import type { EngineRun } from './engine-run.ts';
import { axisRows } from './axis-words.ts';
import { figure, percent } from './words.ts';

/** What the numbers rest on: the snapshot's statements, the scenario set's, and the model's own. */
export function assumptionsOf({ inputs, pack }: EngineRun): Assumption[] {
  const { snapshot, scenarioSet, assumptions } = inputs;
  const { source } = scenarioSet;
  const setRows: readonly Row[] = [
    ['shock', 'Reference shock and axis', scenarioSet.name],
    ['thinning', 'Share of the recorded depth that has gone', percent(assumptions.depthThinningFraction)],
    [
      'crowd-included',
      'Borrowers around the book that react',
      assumptions.includeCrowd ? `${figure(pack.crowdIds.length, 0)} of ${figure(snapshot.crowd.length, 0)} recorded` : 'none',
    ],
    [
      'axis-volatility',
      'Volatility added along the common axis when prices fall; none is taken off when they rise',
      `${Math.abs(scenarioSet.volatilityPerMove * 10)} points per 10 %`,
    ],
    [
      'history',
      scenarioSet.isVolatilityScaled
        ? 'Daily moves are scaled from the volatility of their day to the snapshot’s (decay 0.94)'
        : 'Daily moves are taken as they were',
      `${scenarioSet.historyDays} days`,
    ],
  ];
  return [
    ...snapshot.assumptions,
    ...setRows.map((row) => toAssumption(row, source)),
    ...optionVenueNotes(inputs.contents),
    ...modelRows.map((row) => toAssumption(row, 'model')),
    ...axisRows(assumptions).map((row) => toAssumption(row, 'model')),
  ];
}

/** What the venues that judge option accounts whole leave open, as their parameters say; only those that hold an account. */
function optionVenueNotes({ venues, accounts }: EngineRun['inputs']['contents']): Assumption[] {
  return venues
    .filter(({ parameters }) => parameters.family === 'scenarioMargin' || parameters.family === 'standardManager')
    .filter(({ id }) => accounts.some((account) => account.venueId === id))
    .flatMap(({ id, name, parameters }) =>
      parameters.notes.map((note, n) => ({ id: `${id}-${n + 1}`, text: name, value: note, source: parameters.source })),
    );
}

type Row = readonly [id: string, text: string, value: string];

function toAssumption([id, text, value]: Row, source: string): Assumption {
  return { id, text, value, source };
}

/** What the model takes for granted whatever the book. */
const modelRows: readonly Row[] = [
  ['sticky-strike', 'Implied volatility stays with the strike when spot moves, plus the shift, never below 1 %', 'sticky strike'],
  ['forwards', 'Forwards and marks of futures keep their ratio to spot', 'constant'],
  [
    'basis',
    'In distances a staked coin moves against its backing, and a stable against the dollar, by themselves in a day',
    `${percent(CLAIM_BASIS)} and ${percent(STABLE_BASIS)}`,
  ],
  ['rounds', 'All accounts below their requirement are liquidated at the same prices, then prices move once', 'simultaneous rounds'],
  ['seizure', 'Collateral is seized, and debts repaid, in proportion to value', 'pro rata'],
  ['margin-close', 'A margin account that falls is closed whole; its net delta is sold into the spot market', 'whole'],
  ['redemption', 'Claims without a market are redeemed for what backs them, without delay', 'immediate'],
  ['bad-debt', 'Lenders of an isolated market bear its bad debt; supply = known debt / recorded utilisation', 'pro rata'],
  ['recourse', 'Debt left after all collateral is seized still counts against the book', 'no walking away'],
  ['entry', 'A future or perpetual without an entry price is taken as entered at the mark', 'mark'],
];
