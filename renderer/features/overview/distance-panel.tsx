import { type ReactElement, useMemo, useState } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { goTo } from '../../app/navigation.ts';
import { useSelection } from '../../app/selection.ts';
import { Grid } from '../../grid/grid.tsx';
import { Panel } from '../../parts/panel.tsx';
import { referenceMove } from '../../parts/reference-move.ts';
import { Segmented } from '../../parts/switches.tsx';
import { distanceColumns } from './distance-columns.tsx';
import { distanceRows } from './distance-rows.ts';

/** Who falls first: accounts by joint distance, with the coupling gauge. */
export function DistancePanel({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  const [lens, setLens] = useState('joint');
  const { accountId, selectAccount } = useSelection();
  const drivers = analysis.drivers.map((driver) => driver.assetId).slice(0, 3);
  const chosen = lens === 'joint' || drivers.includes(lens) ? lens : 'joint';
  const rows = useMemo(() => distanceRows(analysis, chosen), [analysis, chosen]);
  const columns = useMemo(() => distanceColumns(chosen, referenceMove(analysis)), [chosen, analysis]);
  const choices = [{ value: 'joint', title: 'Joint' }, ...drivers.map((driver) => ({ value: driver, title: `${driver} only` }))];
  return (
    <Panel
      title="Accounts by distance to liquidation"
      caption="along the reference shock; joint = with the crowd"
      className="overview-distance"
      isFlush
      actions={<Segmented label="Axis" choices={choices} value={chosen} onChange={setLens} />}
    >
      <Grid
        label="Accounts by distance to liquidation"
        rows={rows}
        columns={columns}
        selectedId={accountId}
        onSelect={(row) => selectAccount(row.id)}
        onOpen={(row) => {
          selectAccount(row.id);
          goTo('accounts');
        }}
        emptyText="The book has no accounts"
      />
    </Panel>
  );
}
