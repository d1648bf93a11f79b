import './contagion.css';
import { type ReactElement, type ReactNode, useMemo, useState } from 'react';
import type { EChartsOption } from 'echarts/types/dist/shared';
import type { TransfersResult } from '../../../main/contract/transfers.ts';
import { Chart } from '../../chart/chart.tsx';
import type { ChartTable } from '../../chart/chart-table.ts';
import { type Palette, usePalette } from '../../chart/palette.ts';
import { useCall } from '../../client/queries.ts';
import { millions, moneyShort } from '../../format/money.ts';
import { Panel } from '../../parts/panel.tsx';
import { FailureBox } from '../../parts/states.tsx';
import { Segmented } from '../../parts/switches.tsx';

const horizons = [
  { value: '0.5', title: '30 min' },
  { value: '3', title: '3 h' },
  { value: '24', title: '1 day' },
] as const;

type Props = {
  /** Tabs in place of the title, where the panel shares its place with others. */
  readonly tabs?: ReactNode;
  readonly className?: string;
};

/** What it costs that collateral lies in many places, and the least-cost transfers that cover every account. */
export function TransfersPanel({ tabs, className }: Props): ReactElement {
  const [horizon, setHorizon] = useState<(typeof horizons)[number]['value']>('24');
  const { value, failure, isFetching } = useCall('transfers.plan', { horizonHours: Number(horizon) });
  return (
    <Panel
      title="Transfers"
      caption="least cost, no account below its buffer at the reference shock"
      isFlush
      {...(tabs === undefined ? {} : { head: tabs })}
      {...(className === undefined ? {} : { className })}
      actions={<Segmented label="Time they may take" choices={horizons} value={horizon} onChange={setHorizon} />}
    >
      {failure !== null && <FailureBox failure={failure} />}
      {failure === null && value !== null && <Told result={value} isBusy={isFetching} />}
    </Panel>
  );
}

function Told({ result, isBusy }: { readonly result: TransfersResult; readonly isBusy: boolean }): ReactElement {
  const palette = usePalette();
  const option = useMemo(() => fundingBars(result, palette), [result, palette]);
  const table = useMemo(() => fundingTable(result), [result]);
  return (
    <div className="contagion-body" aria-busy={isBusy}>
      <div>
        <table className="table">
          <thead>
            <tr>
              {['From', 'To', 'What'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              {['Value, M', 'Cost, USD', 'Minutes', 'Worth, USD'].map((head) => (
                <th key={head} scope="col" className="right">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {result.transfers.map((row) => (
              <tr key={row.id}>
                <td>{row.fromAccountId}</td>
                <td>{row.toAccountId}</td>
                <td>{row.assetId === row.intoAssetId ? row.assetId : `${row.assetId} → ${row.intoAssetId}`}</td>
                <td className="right">{millions(row.valueUsd)}</td>
                <td className="right">{moneyShort(row.costUsd)}</td>
                <td className="right">{row.minutes}</td>
                <td className="right">{moneyShort(row.worthUsd)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Chart label="Cash missing at the reference shock" option={option} table={table} />
      <ol className="contagion-words">
        {result.statement.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
    </div>
  );
}

const BARS = ['Siloed', 'With transfers', 'Unified'] as const;

function fundingOf({ funding }: TransfersResult): readonly number[] {
  return [funding.siloedUsd, funding.feasibleUsd, funding.unifiedUsd];
}

function fundingBars(result: TransfersResult, palette: Palette): EChartsOption {
  return {
    grid: { left: 8, right: 16, top: 12, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: [...BARS] },
    yAxis: { type: 'value', name: 'missing, M USD' },
    series: [{ type: 'bar', barMaxWidth: 44, itemStyle: { color: palette.loss }, data: fundingOf(result).map((usd) => usd / 1e6) }],
  };
}

function fundingTable(result: TransfersResult): ChartTable {
  return {
    head: ['Missing at the shock, M USD', 'Value'],
    rows: BARS.map((name, i) => [name, fundingOf(result)[i] ?? 0]),
    shown: (value) => (typeof value === 'number' ? millions(value) : typeof value === 'string' ? value : '–'),
  };
}
