import { type ReactElement, useCallback, useMemo, useState } from 'react';
import type { HedgeAlternatives } from '../../../../main/contract/hedge-alternatives.ts';
import { Chart, type ChartPick } from '../../../chart/chart.tsx';
import { usePalette } from '../../../chart/palette.ts';
import { SaveChart } from '../../../chart/save-chart.tsx';
import { percent } from '../../../format/share.ts';
import { Panel } from '../../../parts/panel.tsx';
import type { HedgeTabProps } from '../hedge-tabs.ts';
import { frontierPoints, isSameWish, nextLoadable } from './alternative-rows.ts';
import { ComparisonGate } from './comparison-gate.tsx';
import { frontierOption, frontierTable } from './frontier-chart.ts';
import { type Comparison, useComparison } from './use-comparison.ts';

/** What each dollar buys: the program's cost against the expected shortfall that is left; a point loads its suggestion. */
export function FrontierPanel({ head, className }: Pick<HedgeTabProps, 'head' | 'className'>): ReactElement {
  const comparison = useComparison();
  const { value } = comparison;
  return (
    <Panel
      title="Frontier"
      head={head}
      caption={value === null ? 'cost against ES' : `ES ${percent(value.confidence)}, M USD`}
      isFlush
      className={className}
      actions={value !== null && <SaveChart />}
    >
      <ComparisonGate comparison={comparison} isMain={false}>
        {(found) => <Frontier found={found} comparison={comparison} />}
      </ComparisonGate>
    </Panel>
  );
}

function Frontier({ found, comparison }: { readonly found: HedgeAlternatives; readonly comparison: Comparison }): ReactElement {
  const { shownWish, load } = comparison;
  const palette = usePalette();
  const [cursor, setCursor] = useState<number | null>(null);
  const points = useMemo(() => frontierPoints(found), [found]);
  const option = useMemo(() => {
    const shown = points.findIndex((point) => isSameWish(point.wish, shownWish));
    return frontierOption(points, { shown: shown === -1 ? null : shown, cursor }, palette);
  }, [points, shownWish, cursor, palette]);
  const table = useMemo(() => frontierTable(points), [points]);
  const loadPoint = useCallback(
    (index: number | null) => {
      const wish = index === null ? null : (points[index]?.wish ?? null);
      if (wish !== null) load(wish);
    },
    [points, load],
  );
  const onPick = useCallback((pick: ChartPick) => loadPoint(pick.dataIndex), [loadPoint]);
  const onKey = (key: string): boolean => {
    if (key === 'Enter') loadPoint(cursor);
    else if (key === 'ArrowRight' || key === 'ArrowLeft') setCursor(nextLoadable(points, cursor, key === 'ArrowRight' ? 1 : -1));
    else return false;
    return true;
  };
  return <Chart label="Cost against expected shortfall" option={option} table={table} onPick={onPick} onKey={onKey} />;
}
