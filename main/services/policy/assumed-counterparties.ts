import type { Assumption } from '../../domain/snapshot.ts';
import { makeCounterparties } from '../../engine/cascade/policy/counterparty-crowd.ts';
import { percent } from '../analysis/words.ts';

/** Public on-chain figures of Hyperliquid, 2025-10-10 21:15 to 21:27 UTC. */
const eventFacts = { deleveragings: 34_983, closedUsd: 2_103_111_431, medianLeverage: 0.2, inProfitFraction: 0.994 } as const;
const FACTS = 'On-chain events of 2025-10-10 as published by ConejoCapital/HyperMultiAssetedADL';

/** The move that counts as such an event, the move up to which nobody is deleveraged, and the share of the winners closed at the event. */
const event = { closedShareAtEvent: 0.15, eventMove: 0.2, quietMove: 0.12 } as const;
const shape = { medianLeverage: 0.0472, leverageSpread: 1, meanGainBeforeFraction: 0.1 } as const;

/**
 * The assumed winners beside one's own legs. The median leverage is set so that those closed first at the event have the median of 0.20
 * that was recorded; spread, gains before and the share closed are assumptions, since open interest is not among the recorded figures.
 */
export const assumedCounterparties = makeCounterparties(shape, event);

/** What deleveraging rests on, in words. */
export function counterpartyAssumptions(): Assumption[] {
  const { deleveragings, closedUsd, medianLeverage, inProfitFraction } = eventFacts;
  return [
    {
      id: 'adl-facts',
      text: 'Auto-deleveraging of 2025-10-10: events, notional, median leverage and share in profit of those closed',
      value: `${deleveragings.toLocaleString('en-US')}, ${(closedUsd / 1e9).toFixed(2)} bn USD, ${medianLeverage.toFixed(2)} ×, ${percent(inProfitFraction, 1)}`,
      source: FACTS,
    },
    {
      id: 'adl-crowd',
      text: `Counterparties on the winning side: leverage lognormal, spread ${shape.leverageSpread}; gain before the shock exponential, mean ${percent(shape.meanGainBeforeFraction)}; all in profit`,
      value: `median ${shape.medianLeverage} ×, which gives ${medianLeverage.toFixed(2)} × among those closed`,
      source: 'assumption fitted to the recorded median',
    },
    {
      id: 'adl-share',
      text: `Share of the winning side closed: none up to a move of ${percent(event.quietMove)}, then a straight line through`,
      value: `${percent(event.closedShareAtEvent)} at ${percent(event.eventMove)}`,
      source: 'assumption; no venue publishes it',
    },
    {
      id: 'adl-overshoot',
      text: 'On that day the queue took more from winners than the deficit needed; a better rule would have taken',
      value: '51.7 M against 3 M USD (not in the figures here)',
      source: FACTS,
    },
  ];
}
