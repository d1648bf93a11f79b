import type { ReportOutlook } from '../../../contract/report-outlook.ts';
import type { TriggerCell } from '../../../contract/trigger.ts';
import { orderChart } from '../../charts/order-chart.ts';
import { figure, money, share } from '../../format.ts';
import { left, number, right, words, type ReportCell, type ReportSection } from '../../report-model.ts';
import { section } from '../section.ts';

type Order = ReportOutlook['orders'][number];

/** The best order of every account that was asked for, what it takes for granted, and what is neither cheaper nor safer. */
export function orderSections({ orders }: Pick<ReportOutlook, 'orders'>): ReportSection[] {
  const [first] = orders;
  if (first === undefined) return [];
  const rows = orders.map((order) => ({ order, best: bestOf(order) }));
  return [
    section({
      id: 'orders',
      title: 'Trigger orders',
      caption: `repay below X up to Y; ${figure(first.draws, 0)} paths over ${figure(first.days, 0)} days, looked at every ${figure(first.lookMinutes, 0)} minutes; the book as it is`,
      paragraphs: orders.map(({ headline }) => headline),
    }),
    section({
      id: 'order-terms',
      title: 'The orders, and what they take for granted',
      caption: 'grey without, blue with the order; cost = order and liquidation losses together, expected',
      charts: [orderChart(rows)],
      tables: [
        { id: 'orders', columns: ORDER_COLUMNS, rows: rows.map(({ order, best }) => orderRow(order, best)), legend: legendOf(first) },
      ],
    }),
    section({
      id: 'order-frontier',
      title: 'Neither cheaper nor safer',
      caption: 'orders of which none is beaten in both, cheapest first',
      tables: [{ id: 'order-frontier', columns: FRONTIER_COLUMNS, rows: orders.flatMap(frontierRows) }],
    }),
    doubts(first, orders),
  ];
}

/** The best by what was asked for, or the safest where none is safe enough. */
function bestOf({ best, objective }: Order): TriggerCell {
  return objective === 'target' ? (best.target ?? best.safety) : best[objective];
}

const ORDER_COLUMNS = [
  left('Account', 2),
  left('Sells, repays', 2),
  right('Health'),
  right('X'),
  right('Y'),
  right('Cost'),
  right('without'),
  right('Liquidated'),
  right('without'),
  right('Times'),
  right('Latency'),
  right('Fee'),
  left('Recorded windows', 4),
];

function orderRow(order: Order, best: TriggerCell): ReportCell[] {
  const { terms, none } = order;
  const source = terms.from === 'cash' ? `cash ${money(terms.cashUsd)}` : order.soldAssetId;
  return [
    words(order.accountId, { isStrong: true }),
    words(`${source}, ${order.repaidAssetId}`),
    number(order.healthFactor, figure(order.healthFactor, 3)),
    number(best.trigger, figure(best.trigger, 3), { isStrong: true }),
    number(best.target, figure(best.target, 3), { isStrong: true }),
    number(best.expectedCostUsd.value, figure(best.expectedCostUsd.value, 0), order.isWorthIt ? {} : { state: 'watch' }),
    number(none.expectedCostUsd.value, figure(none.expectedCostUsd.value, 0)),
    number(best.liquidationProbability.value, share(best.liquidationProbability.value)),
    number(none.liquidationProbability.value, share(none.liquidationProbability.value)),
    number(best.executions, figure(best.executions, 2)),
    number(terms.latencyMinutes, `${figure(terms.latencyMinutes, 0)} min`),
    number(terms.keeperFeeFraction, share(terms.keeperFeeFraction)),
    words(windowText(order)),
  ];
}

/** In how many recorded windows the account would have been liquidated without the order, and with it. */
function windowText({ windows }: Order): string {
  const without = windows.filter(({ isLiquidatedWithout }) => isLiquidatedWithout).length;
  const despite = windows.filter(({ isLiquidatedWith }) => isLiquidatedWith).map(({ windowId }) => windowId);
  if (without === 0 && despite.length === 0) return `holds in all ${windows.length} without it`;
  return `liquidated in ${without} of ${windows.length}, with it in ${despite.length}${despite.length === 0 ? '' : `: ${despite.join(', ')}`}`;
}

function legendOf({ terms, seed, alpha, objective }: Order): string {
  const aim = {
    cost: 'least expected cost',
    safety: 'least chance of liquidation',
    target: `least cost with a chance of at most ${share(alpha)}`,
  }[objective];
  return `Best = ${aim}; seed ${seed}. Cost in USD over the time; times = executions per path; fee = the keeper’s, of what is repaid. An attempt misses in ${share(terms.missFraction)}, takes ${money(terms.gasUsd)} USD of gas and reverts beyond ${share(terms.slippageCapFraction)} of slippage, where the account’s own terms do not differ.`;
}

const FRONTIER_COLUMNS = [
  left('Account', 2),
  right('X'),
  right('Y'),
  right('Cost, USD'),
  right('95 of 100'),
  right('Liquidated'),
  right('95 of 100'),
  right('Times'),
  right('Set off'),
];

function frontierRows({ accountId, frontier }: Order): ReportCell[][] {
  return frontier.map((cell, i) => [
    words(i === 0 ? accountId : '', { isStrong: true }),
    number(cell.trigger, figure(cell.trigger, 3)),
    number(cell.target, figure(cell.target, 3)),
    number(cell.expectedCostUsd.value, figure(cell.expectedCostUsd.value, 0), { isStrong: true }),
    words(`${figure(cell.expectedCostUsd.from, 0)} to ${figure(cell.expectedCostUsd.to, 0)}`),
    number(cell.liquidationProbability.value, share(cell.liquidationProbability.value), { isStrong: true }),
    words(`${figure(cell.liquidationProbability.from * 100, 1)} to ${share(cell.liquidationProbability.to)}`),
    number(cell.executions, figure(cell.executions, 2)),
    number(cell.firedFraction, share(cell.firedFraction)),
  ]);
}

/** What the simulation cannot know, and what it assumes of every account alike. */
function doubts({ doubts: told, assumptions }: Order, orders: readonly Order[]): ReportSection {
  const common = assumptions.filter((text) => orders.every((order) => order.assumptions.includes(text)));
  return section({
    id: 'order-doubts',
    title: 'Why an order may not execute',
    caption: 'what no simulation knows, and what this one assumes',
    paragraphs: [...told.filter(({ perPath }) => perPath === null).map(({ text }) => text), ...common],
  });
}
