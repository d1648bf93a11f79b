import './fan.css';
import { type ReactElement, useMemo, useState } from 'react';
import type { FanResult } from '../../../../main/contract/cascade-fan.ts';
import { Chart } from '../../../chart/chart.tsx';
import { usePalette } from '../../../chart/palette.ts';
import { SaveChart } from '../../../chart/save-chart.tsx';
import { useCachedJob } from '../../../client/queries.ts';
import { count } from '../../../format/number.ts';
import { Panel } from '../../../parts/panel.tsx';
import { RunProgressBar } from '../../../parts/progress.tsx';
import { EmptyState, FailureBox } from '../../../parts/states.tsx';
import { Segmented } from '../../../parts/switches.tsx';
import { askedCall } from '../asked-call.ts';
import type { StressPanelProps } from '../stress-panel-props.ts';
import { BothEnds } from './both-ends.tsx';
import { FallsTable } from './falls-table.tsx';
import { fanOption, fanTable } from './fan-chart.ts';
import { lossBands, priceBands } from './fan-model.ts';
import { FanWords } from './fan-words.tsx';

const draws = ['100', '200', '1000'] as const;
type Draws = (typeof draws)[number];

/** What the cascade becomes where delay, depth and recovery are not known: bands by round, who falls how often, and whether there is one outcome. */
export function FanPanel(props: StressPanelProps): ReactElement {
  const [drawn, setDrawn] = useState<Draws>('200');
  const [driver, setDriver] = useState<string | null>(null);
  const asked = askedCall(props);
  const fan = useCachedJob('analysis.fan', { ...asked, draws: Number(drawn), spread: {} });
  const ends = useCachedJob('analysis.bothEnds', asked);
  const drivers = Object.keys(fan.value?.pricesUsd ?? {});
  const shown = driver !== null && drivers.includes(driver) ? driver : (drivers[0] ?? '');
  const wasCancelled = fan.failure?.reason === 'cancelled';
  return (
    <Panel
      title="Fan of cascades"
      isFlush
      className={fan.isStale ? 'stress-fan is-waiting' : 'stress-fan'}
      actions={
        fan.runId === null ? (
          <>
            {drivers.length > 1 && (
              <Segmented label="Price of" choices={drivers.map((id) => ({ value: id, title: id }))} value={shown} onChange={setDriver} />
            )}
            <span className="muted">draws</span>
            <Segmented
              label="Draws"
              choices={draws.map((value) => ({ value, title: count(Number(value)) }))}
              value={drawn}
              onChange={setDrawn}
            />
            <SaveChart />
          </>
        ) : (
          <RunProgressBar runId={fan.runId} title="Fan" />
        )
      }
      foot={
        <div className="fan-foot">
          <BothEnds ends={ends} />
          {fan.value !== null && <FanWords fan={fan.value} />}
        </div>
      }
    >
      {fan.value !== null ? (
        <Drawn fan={fan.value} driver={shown} nowUsd={nowUsd(props, shown)} />
      ) : wasCancelled ? (
        <EmptyState title="The draws were cancelled" actions={[{ title: 'Draw again', run: fan.again }]}>
          Nothing of them was kept.
        </EmptyState>
      ) : (
        fan.failure !== null && <FailureBox failure={fan.failure} action={{ title: 'Draw again', run: fan.again }} />
      )}
    </Panel>
  );
}

function nowUsd({ analysis }: StressPanelProps, driver: string): number {
  return analysis.drivers.find(({ assetId }) => assetId === driver)?.priceUsd ?? NaN;
}

type DrawnProps = { readonly fan: FanResult; readonly driver: string; readonly nowUsd: number };

function Drawn({ fan, driver, nowUsd: priceUsd }: DrawnProps): ReactElement {
  const palette = usePalette();
  const drawing = useMemo(() => ({ driver, prices: priceBands(fan, driver, priceUsd), losses: lossBands(fan) }), [fan, driver, priceUsd]);
  const option = useMemo(() => fanOption(drawing, palette), [drawing, palette]);
  const table = useMemo(() => fanTable(drawing), [drawing]);
  return (
    <div className="fan-body">
      <Chart label={`Price of ${driver} and loss by round over ${count(fan.draws)} draws`} option={option} table={table} />
      <FallsTable fan={fan} />
    </div>
  );
}
