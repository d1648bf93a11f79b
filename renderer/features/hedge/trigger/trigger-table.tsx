import type { ReactElement } from 'react';
import type { TriggerCell, TriggerResult } from '../../../../main/contract/trigger.ts';
import { thousands } from '../../../format/money.ts';
import { fixed, NOT_APPLICABLE } from '../../../format/number.ts';
import { percentFigure } from '../../../format/share.ts';
import { Explain } from '../../../parts/explain.tsx';

const HEADS = ['Below → up to', 'Liquidated, %', 'Cost, k'] as const;

const TITLES: Readonly<Record<(typeof HEADS)[number], string>> = {
  'Below → up to': 'health factors',
  'Liquidated, %': 'and between what it lies in 95 of 100 simulations',
  'Cost, k': 'expected, of the order and of liquidations, k USD',
};

type Line = { readonly id: string; readonly title: string; readonly cell: (TriggerResult['none'] & Partial<TriggerCell>) | null };

/** No order, and the best by each objective. */
export function TriggerTable({ told }: { readonly told: TriggerResult }): ReactElement {
  const lines: readonly Line[] = [
    { id: 'none', title: 'No order', cell: told.none },
    { id: 'cost', title: 'Cheapest', cell: told.best.cost },
    { id: 'target', title: `Cheapest at ${percentFigure(told.alpha, 0)} %`, cell: told.best.target },
    { id: 'safety', title: 'Safest', cell: told.best.safety },
  ];
  return (
    <table className="table trigger-table">
      <thead>
        <tr>
          <th scope="col">Order</th>
          {HEADS.map((head) => (
            <th key={head} scope="col" className="right" title={TITLES[head]}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Row key={line.id} line={line} accountId={told.accountId} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ line, accountId }: { readonly line: Line; readonly accountId: string }): ReactElement {
  const { id, title, cell } = line;
  if (cell === null)
    return (
      <tr>
        <th scope="row">{title}</th>
        <td className="secondary" colSpan={HEADS.length}>
          no order brings it there
        </td>
      </tr>
    );
  const { expectedCostUsd: cost, liquidationProbability: chance } = cell;
  return (
    <tr>
      <th scope="row">{title}</th>
      <td className="right">
        {cell.trigger === undefined || cell.target === undefined ? NOT_APPLICABLE : `${fixed(cell.trigger, 3)} → ${fixed(cell.target, 3)}`}
      </td>
      <td className="right">
        <Explain metric="trigger.orders.liquidationProbability" subjectId={`${accountId} ${id}`}>
          {percentFigure(chance.value)}
        </Explain>{' '}
        <span className="muted">
          ({fixed(100 * chance.from, 1)}–{fixed(100 * chance.to, 1)})
        </span>
      </td>
      <td className="right">
        <Explain metric="trigger.orders.expectedCostUsd" subjectId={`${accountId} ${id}`}>
          {thousands(cost.value)}
        </Explain>
      </td>
    </tr>
  );
}
