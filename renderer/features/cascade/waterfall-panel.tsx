import { type ReactElement, useMemo } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { Chart } from '../../chart/chart.tsx';
import { usePalette } from '../../chart/palette.ts';
import { isFailure } from '../../format/failure.ts';
import { ratio } from '../../format/share.ts';
import { Chip } from '../../parts/chip.tsx';
import { Explain } from '../../parts/explain.tsx';
import { Panel } from '../../parts/panel.tsx';
import { EmptyState } from '../../parts/states.tsx';
import { waterfallRows } from './cascade-waterfall.ts';
import { waterfallOption, waterfallTable } from './waterfall-chart.ts';
import type { Stress } from './use-stress.ts';

/** Room of one bar and of the axis, pixels: on a large window bars do not spread. */
const ROW = 34;
const AXIS = 34;

/** Joint second-round loss against the sum of the venues alone; beside it how diversified the book looks in calm. */
export function WaterfallPanel({ analysis, stress }: { readonly analysis: AnalysisResult; readonly stress: Stress }): ReactElement {
  const palette = usePalette();
  const { surplus } = stress;
  const rows = useMemo(() => waterfallRows(surplus), [surplus]);
  const option = useMemo(() => waterfallOption(rows, palette), [rows, palette]);
  const table = useMemo(() => waterfallTable(rows), [rows]);
  const isCalm = surplus.jointUsd === 0 && surplus.sumOfPartsUsd === 0;
  return (
    <Panel
      title="Joint against the sum of its parts"
      caption="second-round loss, M USD"
      isFlush
      className={stress.runId === null ? 'stress-waterfall' : 'stress-waterfall is-waiting'}
      actions={
        <>
          <RatioChip stress={stress} />
          <span className="muted stress-calm">
            diversification{' '}
            <Explain metric="distribution.diversificationRatio">{ratio(analysis.distribution.diversificationRatio)}</Explain> in calm
          </span>
        </>
      }
    >
      {isCalm ? (
        <EmptyState title="No second round">Nobody has to sell at this shock, alone or jointly.</EmptyState>
      ) : (
        <div style={{ height: `min(100%, ${rows.length * ROW + AXIS}px)` }}>
          <Chart label="Joint second-round loss against the sum of the venues alone, M USD" option={option} table={table} />
        </div>
      )}
    </Panel>
  );
}

function RatioChip({ stress }: { readonly stress: Stress }): ReactElement | null {
  const { surplus } = stress;
  if (isFailure(surplus.ratio))
    return <Chip tone={surplus.jointUsd > 0 ? 'danger' : 'plain'}>{surplus.jointUsd > 0 ? 'parts lose nothing alone' : 'no surplus'}</Chip>;
  const tone = surplus.ratio >= 2 ? 'danger' : surplus.ratio > 1.005 ? 'watch' : 'safe';
  const words = <>ratio {ratio(surplus.ratio)}</>;
  return <Chip tone={tone}>{stress.isReference ? <Explain metric="surplus.ratio">{words}</Explain> : words}</Chip>;
}
