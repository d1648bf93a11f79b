import { type ReactElement, useState } from 'react';
import type { NetworkResult } from '../../../main/contract/network.ts';
import { saveText } from '../../client/file-source.ts';
import { commaSeparated, type Raw } from '../../format/raw.ts';
import { Button } from '../../parts/button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Tabs } from '../../parts/switches.tsx';
import { ExposureTable, exposureRows, FailuresTable, failureRows } from './network-tables.tsx';
import { LoopsTable, loopRows } from './network-words.tsx';

type Props = { readonly network: NetworkResult; readonly selectedId: string | null; readonly onSelect: (nodeId: string) => void };
type View = 'failures' | 'exposures' | 'loops';

const captions: Readonly<Record<View, string>> = {
  failures: 'M USD, largest first',
  exposures: 'M USD lost with it',
  loops: '1 or more never settles',
};

/** Under the graph: what the failure of one node costs, who needs whom, and the loops. */
export function DetailPanel({ network, selectedId, onSelect }: Props): ReactElement {
  const [view, setView] = useState<View>('failures');
  return (
    <Panel
      title="What if one node fails"
      head={
        <Tabs
          label="Tables of the network"
          choices={[
            { value: 'failures', title: 'What if one node fails', count: network.failures.length },
            { value: 'exposures', title: 'Who needs whom' },
            { value: 'loops', title: 'Loops', count: network.loops.length },
          ]}
          value={view}
          onChange={setView}
        />
      }
      caption={captions[view]}
      actions={
        <Button tone="quiet" onClick={() => saveText(`network-${view}.csv`, commaSeparated(rowsOf(network, view)))}>
          Save CSV
        </Button>
      }
      isFlush
      className="network-detail"
    >
      {view === 'failures' && <FailuresTable failures={network.failures} selectedId={selectedId} onSelect={onSelect} />}
      {view === 'exposures' && <ExposureTable exposures={network.exposures} />}
      {view === 'loops' && <LoopsTable network={network} selectedId={selectedId} onSelect={onSelect} />}
    </Panel>
  );
}

function rowsOf(network: NetworkResult, view: View): readonly (readonly Raw[])[] {
  if (view === 'failures') return failureRows(network.failures);
  return view === 'exposures' ? exposureRows(network.exposures) : loopRows(network);
}
