import type { Assumption } from '../../domain/snapshot.ts';
import type { EngineRun } from './engine-run.ts';
import { percent } from './words.ts';

/** What the numbers rest on: the snapshot's statements, the scenario set's, and the model's own. */
export function assumptionsOf({ inputs, pack }: EngineRun): Assumption[] {
  const { snapshot, scenarioSet, assumptions } = inputs;
  const model = 'model';
  return [
    ...snapshot.assumptions,
    { id: 'shock', text: 'Reference shock and axis', value: scenarioSet.name, source: scenarioSet.source },
    { id: 'thinning', text: 'Share of the recorded depth that has gone', value: percent(assumptions.depthThinningFraction), source: scenarioSet.source },
    { id: 'crowd-included', text: 'Borrowers around the book that react', value: assumptions.includeCrowd ? `${pack.crowdIds.length}` : 'none', source: scenarioSet.source },
    { id: 'sticky-strike', text: 'Implied volatility stays with the strike when spot moves, plus the shift, never below 1 %', value: 'sticky strike', source: model },
    { id: 'axis-volatility', text: 'Volatility added per unit of fall along the common axis; none is taken off for a rise', value: `${Math.abs(scenarioSet.volatilityPerMove * 10)} points per 10 %`, source: scenarioSet.source },
    { id: 'forwards', text: 'Forwards and marks of futures keep their ratio to spot', value: 'constant', source: model },
    { id: 'rounds', text: 'All accounts below their requirement are liquidated at the same prices, then prices move once', value: 'simultaneous rounds', source: model },
    { id: 'impact', text: 'Price after a forced sale of q into a reserve R', value: '(R / (R + q))²', source: 'constant product' },
    { id: 'seizure', text: 'Collateral is seized, and debts repaid, in proportion to value', value: 'pro rata', source: model },
    { id: 'margin-close', text: 'A margin account that falls is closed whole; its net delta is sold into the spot market', value: 'whole', source: model },
    { id: 'redemption', text: 'Claims without a market are redeemed for what backs them, without delay', value: 'immediate', source: model },
    { id: 'bad-debt', text: 'Lenders of an isolated market bear its bad debt; supply = known debt / recorded utilisation', value: 'pro rata', source: model },
    { id: 'recourse', text: 'Debt left after all collateral is seized still counts against the book', value: 'no walking away', source: model },
    { id: 'no-recovery', text: 'Prices and depth do not recover, and nobody adds margin, within the cascade', value: 'none', source: model },
    { id: 'history', text: `Daily moves ${scenarioSet.isVolatilityScaled ? 'scaled from the volatility of their day to today’s (decay 0.94)' : 'as they were'}`, value: `${scenarioSet.historyDays} days`, source: scenarioSet.source },
    { id: 'entry', text: 'A future or perpetual without an entry price is taken as entered at the mark', value: 'mark', source: model },
  ];
}
