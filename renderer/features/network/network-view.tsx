import './network.css';
import { type ReactElement, useCallback, useMemo } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { useSelection } from '../../app/selection.ts';
import { AnalysisGate } from '../../parts/analysis-gate.tsx';
import { Panel } from '../../parts/panel.tsx';
import { EmptyState } from '../../parts/states.tsx';
import { GraphPanel } from './graph-panel.tsx';
import { DetailPanel } from './network-detail.tsx';
import { NetworkInspector } from './network-inspector.tsx';
import { accountOfNode, shownNode } from './network-model.ts';
import { ChainPanel, TiesPanel } from './network-words.tsx';
import { useNodeChoice } from './node-choice.ts';

/** What rests on what: assets, claims, accounts and pools, loops as rings, and the chain of the selection in words. */
export function NetworkView(): ReactElement {
  return <AnalysisGate>{(analysis) => <Network analysis={analysis} />}</AnalysisGate>;
}

function Network({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  const { network, accounts } = analysis;
  const { nodeId, accountId, selectNode, selectAccount } = useSelection();
  const { accountIdThen, note } = useNodeChoice();
  const node = shownNode(network, { nodeId, accountId, accountIdThen, nearestAccountId: analysis.totals.nearestAccountId });
  const accountIds = useMemo(() => new Set(accounts.map((account) => account.accountId)), [accounts]);
  const select = useCallback(
    (id: string) => {
      const target = network.nodes.find((entry) => entry.id === id);
      if (target === undefined) return;
      selectNode(id);
      const owner = accountOfNode(target, accountIds);
      if (owner !== null) selectAccount(owner);
      note(owner ?? accountId);
    },
    [network, accountIds, accountId, selectNode, selectAccount, note],
  );
  const account = node === null ? null : (accounts.find((entry) => entry.accountId === accountOfNode(node, accountIds)) ?? null);
  if (network.nodes.length === 0) {
    return (
      <Panel title="Network">
        <EmptyState title="Nothing to tie together">
          This book has no positions yet: import some, and what they rest on is drawn here.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <div className="network-screen">
      <GraphPanel analysis={analysis} selectedId={node?.id ?? null} onSelect={select} />
      <ChainPanel network={network} node={node} />
      <DetailPanel network={network} selectedId={node?.id ?? null} onSelect={select} />
      <TiesPanel network={network} selectedId={node?.id ?? null} onSelect={select} />
      <NetworkInspector network={network} node={node} account={account} />
      <p className="visually-hidden" aria-live="polite">
        {node === null ? '' : `${node.label}, ${node.kind}, ${node.caption}`}
      </p>
    </div>
  );
}
