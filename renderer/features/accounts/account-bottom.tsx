import { type ReactElement, type ReactNode, useMemo, useState } from 'react';
import type { AccountResult, AnalysisResult } from '../../../main/contract/analysis.ts';
import { useSelection } from '../../app/selection.ts';
import { counted } from '../../format/number.ts';
import { Grid } from '../../grid/grid.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Tabs } from '../../parts/switches.tsx';
import { positionColumns, positionRows } from './account-columns.ts';
import { ForecastPanel } from './forecast/forecast-panel.tsx';
import { RulesPanel } from './rules-panel.tsx';

type Props = { readonly account: AccountResult; readonly analysis: AnalysisResult };
type View = 'rules' | 'forecast' | 'positions';

/** Below the charts: the account under other rules, what it may come to, or its positions. Custody has no rules and cannot fall. */
export function AccountBottom({ account, analysis }: Props): ReactElement {
  const [chosen, setChosen] = useState<View>('rules');
  if (account.maintenanceRequirementUsd === null) return <AccountPositions account={account} analysis={analysis} />;
  const tabs = (
    <Tabs<View>
      label="Rules, forecast and positions of the account"
      value={chosen}
      onChange={setChosen}
      choices={[
        { value: 'rules', title: 'Under other rules' },
        { value: 'forecast', title: 'Forecast' },
        { value: 'positions', title: 'Positions', count: account.positions },
      ]}
    />
  );
  if (chosen === 'positions') return <AccountPositions account={account} analysis={analysis} tabs={tabs} />;
  if (chosen === 'forecast') return <ForecastPanel account={account} asOf={analysis.snapshotAsOf} tabs={tabs} />;
  return <RulesPanel key={account.accountId} account={account} analysis={analysis} tabs={tabs} />;
}

function AccountPositions({ account, analysis, tabs }: Props & { readonly tabs?: ReactNode }): ReactElement {
  const selectPosition = useSelection((state) => state.selectPosition);
  const positionId = useSelection((state) => state.positionId);
  const rows = useMemo(() => positionRows(analysis.positions, account.accountId), [analysis, account.accountId]);
  return (
    <Panel
      title="Positions"
      {...(tabs === undefined ? {} : { head: tabs })}
      caption={`${counted(rows.length, 'position')} of ${account.accountId}, largest value first`}
      isFlush
      className="account-bottom"
    >
      <Grid
        label={`Positions of ${account.accountId}`}
        rows={rows}
        columns={positionColumns}
        selectedId={positionId}
        onSelect={(row) => selectPosition(row.positionId, row.accountId)}
        emptyText="No positions in this account"
      />
    </Panel>
  );
}
