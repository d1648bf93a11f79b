import { type ReactElement, useMemo, useState } from 'react';
import type { AccountResult, AnalysisResult } from '../../../main/contract/analysis.ts';
import { Chart } from '../../chart/chart.tsx';
import { usePalette } from '../../chart/palette.ts';
import { useRequirement } from '../../client/queries.ts';
import { Panel } from '../../parts/panel.tsx';
import { EmptyState } from '../../parts/states.tsx';
import { Segmented } from '../../parts/switches.tsx';
import { driverTitle, excessOption, excessScale, excessTable } from './account-chart.ts';
import { driversOf, excessCurves, withVolatilityCurves } from './account-curves.ts';

type Props = {
  readonly account: AccountResult;
  readonly analysis: AnalysisResult;
  /** Fixes the driver; absent = the panel has its own switch. */
  readonly driver?: string;
};

/** Excess against one driver, with a switch for the driver and one for the other accounts. */
export function ExcessPanel({ account: judged, analysis, driver: fixedDriver }: Props): ReactElement {
  const [chosen, setChosen] = useState('*');
  const [scope, setScope] = useState<'all' | 'this'>('all');
  const palette = usePalette();
  const requirement = useRequirement().value;
  const accounts = useMemo(() => withVolatilityCurves(analysis.accounts, requirement), [analysis, requirement]);
  const account = accounts.find((each) => each.accountId === judged.accountId) ?? judged;
  const drivers = useMemo(() => driversOf(account), [account]);
  const driver = fixedDriver ?? shownDriver(drivers, chosen);
  const curves = useMemo(
    () => excessCurves(accounts, account.accountId, { driver, isAll: scope === 'all', requirement }),
    [accounts, account, driver, scope, requirement],
  );
  const option = useMemo(() => (curves === null ? null : excessOption(curves, analysis.drivers, palette)), [curves, analysis, palette]);
  const table = useMemo(() => (curves === null ? null : excessTable(curves)), [curves]);
  const never =
    curves?.isNeverAlone === true
      ? `${account.accountId} cannot be liquidated ${driver === '*' ? 'alone along the common axis' : `by ${driverTitle(driver)} alone`}`
      : null;
  const unit = curves === null ? '' : `${excessScale(curves.lowUsd, curves.highUsd).unit} USD`;
  return (
    <Panel
      title={fixedDriver === undefined ? 'Excess against driver' : `Excess against ${driver === '*' ? 'all drivers' : driverTitle(driver)}`}
      caption={never === null ? unit : `${unit}; ${never}`}
      isFlush
      actions={
        fixedDriver === undefined &&
        curves !== null && (
          <>
            <Segmented
              label="Driver"
              choices={drivers.map((value) => ({ value, title: driverTitle(value) }))}
              value={driver}
              onChange={setChosen}
            />
            <Segmented label="Accounts in the chart" choices={scopes} value={scope} onChange={setScope} />
          </>
        )
      }
    >
      {option === null || table === null ? (
        <EmptyState title="No requirement">{account.accountId} is held in custody: it has no excess that could run out.</EmptyState>
      ) : (
        <Chart label={`Excess of ${account.accountId} against ${driverTitle(driver)}, ${unit}`} option={option} table={table} />
      )}
    </Panel>
  );
}

/** The chosen driver where the account has its curve, else the first. */
function shownDriver(drivers: readonly string[], chosen: string): string {
  return drivers.includes(chosen) ? chosen : (drivers[0] ?? '*');
}

const scopes = [
  { value: 'all', title: 'All venues' },
  { value: 'this', title: 'This one' },
] as const;
