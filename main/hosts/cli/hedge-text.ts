import type { HedgeResult } from '../../contract/hedge.ts';
import { dollars, listed, percent, table } from './table.ts';

/** The suggestion for a terminal: what it does, each leg with its reason, what to relax when there is none. */
export function hedgeText(hedge: HedgeResult): string {
  const parts = [`${hedge.statement}\n`];
  if (hedge.legs.length > 0) parts.push(legTable(hedge), hedge.legs.map((leg) => `${leg.title}: ${leg.why}${arrivalText(leg)}\n`).join(''));
  parts.push(
    `Cost ${dollars(hedge.after.costUsd)}, premium ${dollars(hedge.after.premiumUsd)}; expected shortfall at ${percent(hedge.confidence)} ${dollars(hedge.before.expectedShortfallUsd)} before, ${dollars(hedge.after.expectedShortfallUsd)} after.\n`,
    `${savedText(hedge)}\n`,
  );
  const survivals = hedge.legs.flatMap((leg) => (leg.survival ? [`${leg.title}: ${leg.survival.text}\n`] : []));
  if (hedge.survival) {
    const { scenarios, idealUsd, countedUsd, stated, falls = [] } = hedge.survival;
    parts.push(
      `Counting ${scenarios} scenarios in which hedges are lost, the expected shortfall with these legs is ${dollars(countedUsd)}; ${dollars(idealUsd)} if none ever is.\n`,
      [...stated.map((text) => `${text}\n`), ...survivals].join(''),
      falls.map(({ text }) => `${text}\n`).join(''),
    );
  }
  if (hedge.notConsidered !== undefined && hedge.notConsidered.length > 0)
    parts.push(`Not considered: ${hedge.notConsidered.join('; ')}.\n`);
  for (const relaxation of hedge.relaxations) parts.push(`To relax: ${relaxation.text}\n`);
  parts.push(
    `${hedge.solver}, ${hedge.status}, within ${percent(hedge.gapFraction)} of the best of all candidates in any number of legs and parts of lots, ${hedge.candidates} candidates, ${hedge.scenarios} scenarios.\n`,
  );
  return parts.join('\n');
}

/** Which accounts the suggestion saves. */
export function savedText(hedge: HedgeResult): string {
  return hedge.savedAccountIds.length === 0 ? 'It saves no account from falling.' : `It saves ${listed(hedge.savedAccountIds)}.`;
}

/** When it is there, where that is not at once. */
function arrivalText({ latency }: HedgeResult['legs'][number]): string {
  return latency === undefined || latency.minutes === 0 ? '' : ` ${latency.text}`;
}

/** Minutes until it is there, and the expected shortfall it takes off for its cost and its time. */
function worthCells(latency: HedgeResult['legs'][number]['latency']): string[] {
  if (latency === undefined) return ['–', '–', '–'];
  const { minutes, reductionPerUsd, reductionPerHourUsd } = latency;
  return [
    minutes === 0 ? 'at once' : `${minutes} min`,
    reductionPerUsd === null ? '–' : dollars(reductionPerUsd),
    reductionPerHourUsd === null ? '–' : dollars(reductionPerHourUsd),
  ];
}

function legTable(hedge: HedgeResult): string {
  return table(
    [
      { heading: 'Action' },
      { heading: 'Account' },
      { heading: 'Route' },
      { heading: 'Notional', isFigure: true },
      { heading: 'Cost', isFigure: true },
      { heading: 'Impact', isFigure: true },
      { heading: 'Premium', isFigure: true },
      { heading: 'Arrives', isFigure: true },
      { heading: 'ES off per USD', isFigure: true },
      { heading: 'per hour', isFigure: true },
    ],
    hedge.legs.map((leg) => [
      leg.title,
      leg.accountId,
      leg.route,
      dollars(leg.notionalUsd),
      dollars(leg.costUsd),
      leg.impactUsd === undefined ? '–' : dollars(leg.impactUsd),
      leg.premiumUsd === 0 ? '–' : dollars(leg.premiumUsd),
      ...worthCells(leg.latency),
    ]),
  );
}
