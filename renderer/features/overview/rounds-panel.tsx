import type { EChartsOption } from 'echarts/types/dist/shared';
import { type ReactElement, useMemo } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { seriesDashes } from '../../chart/chart-theme.ts';
import { Chart } from '../../chart/chart.tsx';
import { usePalette } from '../../chart/palette.ts';
import { moneyShort } from '../../format/money.ts';
import { fixed, THIN_SPACE } from '../../format/number.ts';
import { Panel } from '../../parts/panel.tsx';
import { shockWords } from '../../parts/reference-move.ts';
import { pricePaths } from './price-paths.ts';

/** Cards in a row. */
const MOST_CARDS = 7;

type Round = AnalysisResult['cascade']['rounds'][number];

/** The reference cascade, round by round: who sells how much, who falls, and where the prices go. */
export function RoundsPanel({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  const { cascade } = analysis;
  const largest = Math.max(1, ...cascade.rounds.flatMap((round) => [round.crowdSoldUsd, round.mineSoldUsd]));
  const shown = shownRounds(cascade.rounds);
  return (
    <Panel
      title="Cascade at the reference shock"
      caption={`${shockWords(cascade.shock)}; ${shown.length} of ${cascade.rounds.length} steps, those in which an account falls first`}
      className="overview-rounds"
      actions={<RoundKey />}
    >
      <div className="rounds">
        <ol className="round-cards">
          {shown.map((round) => (
            <RoundCard key={round.round} round={round} largestUsd={largest} />
          ))}
        </ol>
        <PathChart analysis={analysis} />
      </div>
    </Panel>
  );
}

/** Cards have room for seven steps: those in which an account falls, then the earliest; in their order. */
export function shownRounds(rounds: readonly Round[]): readonly Round[] {
  const falling = rounds.filter((round) => round.fallen.length > 0);
  const others = rounds.filter((round) => round.fallen.length === 0);
  return [...falling, ...others].slice(0, MOST_CARDS).toSorted((a, b) => a.round - b.round);
}

/** Key of the bars: grey is the crowd, red is mine. */
function RoundKey(): ReactElement {
  return (
    <span className="secondary round-key">
      sold by <i /> crowd <i className="round-mine" /> mine
    </span>
  );
}

function RoundCard({ round, largestUsd }: { readonly round: Round; readonly largestUsd: number }): ReactElement {
  const height = (amountUsd: number): string => `${Math.max(amountUsd > 0 ? 2 : 0, Math.sqrt(amountUsd / largestUsd) * 46)}px`;
  return (
    <li className="round-card">
      <strong>{round.round === 0 ? 'Shock' : `Round ${round.round}`}</strong>
      <div className="round-bars" aria-hidden="true">
        <div style={{ height: height(round.crowdSoldUsd) }} />
        <div className="round-mine" style={{ height: height(round.mineSoldUsd) }} />
      </div>
      <div className="round-amounts figure">
        <span className="secondary">{moneyShort(round.crowdSoldUsd)}</span>
        <span className={round.mineSoldUsd > 0 ? 'state-danger' : 'secondary'}>{moneyShort(round.mineSoldUsd)}</span>
      </div>
      <span className={round.fallen.length > 0 ? 'round-fallen state-danger' : 'round-fallen secondary'}>
        {round.fallen.length > 0 ? `◆ ${round.fallen.join(', ')}` : 'none of mine'}
      </span>
    </li>
  );
}

function PathChart({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  const palette = usePalette();
  const paths = useMemo(() => pricePaths(analysis), [analysis]);
  const option = useMemo(
    (): EChartsOption => ({
      grid: { left: 44, right: 70, top: 12, bottom: 24 },
      tooltip: { trigger: 'axis', valueFormatter: (value) => `${fixed(Number(value), 1)}${THIN_SPACE}%` },
      xAxis: { type: 'category', data: [...paths.steps], boundaryGap: false },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => `${fixed(value, 0)}${THIN_SPACE}%` } },
      series: paths.lines.map((line, index) => ({
        type: 'line',
        name: line.name,
        data: [...line.percents],
        symbolSize: 4,
        lineStyle: {
          width: 2,
          type: seriesDashes[index] === 'solid' ? 'solid' : [...(seriesDashes[index] ?? [])],
        },
        endLabel: { show: true, formatter: '{a}', color: palette.text2, fontSize: 11 },
        labelLayout: { moveOverlap: 'shiftY' },
      })),
    }),
    [paths, palette],
  );
  return (
    <div className="round-chart">
      <Chart
        label="Prices through the cascade, percent of the start"
        option={option}
        table={{
          head: ['Step', ...paths.lines.map((line) => `${line.name}, %`)],
          rows: paths.steps.map((step, at) => [step, ...paths.lines.map((line) => line.percents[at])]),
        }}
      />
    </div>
  );
}
