import type { IRowNode } from 'ag-grid-community';
import type { GridRow } from './column-definitions.ts';

/** After a sort, puts every row under its group row again: groups keep the order the sort gave them, so do the rows within. */
export function keepGroupsTogether<Row extends GridRow>(nodes: IRowNode<Row>[], groupOf: (row: Row) => string | null): void {
  const heads: IRowNode<Row>[] = [];
  const members = new Map<string, IRowNode<Row>[]>();
  for (const node of nodes) {
    const group = node.data === undefined ? null : groupOf(node.data);
    if (group === null) heads.push(node);
    else {
      const siblings = members.get(group);
      if (siblings === undefined) members.set(group, [node]);
      else siblings.push(node);
    }
  }
  const ordered = heads.flatMap((head) => [head, ...(members.get(head.data?.id ?? '') ?? [])]);
  ordered.forEach((node, index) => {
    nodes[index] = node;
  });
}
