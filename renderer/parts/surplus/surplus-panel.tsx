import './surplus.css';
import { type ReactElement, useMemo, useState } from 'react';
import type { PartitionBy, PartitionResult } from '../../../main/contract/surplus.ts';
import type { CascadeAssumptions, Shock } from '../../../main/domain/scenario.ts';
import { Chart } from '../../chart/chart.tsx';
import { SaveChart } from '../../chart/save-chart.tsx';
import { usePalette } from '../../chart/palette.ts';
import { usePartition } from '../../client/queries.ts';
import { isFailure } from '../../format/failure.ts';
import { millions } from '../../format/money.ts';
import { ratio } from '../../format/share.ts';
import { Chip } from '../chip.tsx';
import { Explain } from '../explain.tsx';
import { Panel } from '../panel.tsx';
import { RunProgressBar } from '../progress.tsx';
import { EmptyState, FailureBox } from '../states.tsx';
import { Segmented } from '../switches.tsx';
import { partitionOption, partitionTable } from './partition-chart.ts';
import { partitionRows } from './partition-rows.ts';

const cuts = [
  { value: 'venue', title: 'Venue' },
  { value: 'strategy', title: 'Strategy' },
  { value: 'collateral', title: 'Collateral' },
  { value: 'account', title: 'Account' },
] as const;
const crowds = [
  { value: 'withBlocks', title: 'Crowd with its venue' },
  { value: 'apart', title: 'apart' },
] as const;
type Crowd = (typeof crowds)[number]['value'];
type Cut = Exclude<PartitionBy, 'custom'>;

/** Room of one bar and of the axis, pixels: on a large window bars do not spread. */
const ROW = 34;
const AXIS = 34;

/** What is asked: the shock and assumptions of the screen. */
export type SurplusQuestion = { readonly scenarioSetId?: string; readonly shock?: Shock; readonly assumptions?: CascadeAssumptions };

type Props = SurplusQuestion & { readonly className?: string };

/** Whether the whole is more than its parts, for any way to cut the book: waterfall, who answers for what, and the line that says it. */
export function SurplusPanel({ scenarioSetId, shock, assumptions, className }: Props): ReactElement {
  const [by, setBy] = useState<Cut>('venue');
  const [crowd, setCrowd] = useState<Crowd>('withBlocks');
  const { value, failure, isStale, runId, again } = usePartition({
    by,
    crowd,
    ...(scenarioSetId === undefined ? {} : { scenarioSetId }),
    ...(shock === undefined ? {} : { shock }),
    ...(assumptions === undefined ? {} : { cascade: assumptions }),
  });
  return (
    <Panel
      title="Is the whole more than its parts?"
      caption="M USD"
      isFlush
      className={`surplus-panel${className === undefined ? '' : ` ${className}`}${isStale ? ' is-waiting' : ''}`}
      actions={
        <>
          <Segmented label="Where the surrounding borrowers stand" choices={crowds} value={crowd} onChange={setCrowd} />
          <Segmented label="How the book is cut" choices={cuts} value={by} onChange={setBy} />
          <SaveChart />
        </>
      }
      {...(value === null ? {} : { foot: <Message result={value} /> })}
    >
      {value !== null ? (
        <Parts result={value} />
      ) : failure === null ? (
        <div className="gate">
          <RunProgressBar runId={runId} title="Cutting the book" />
        </div>
      ) : (
        <FailureBox failure={failure} action={{ title: 'Try again', run: again }} />
      )}
    </Panel>
  );
}

function Parts({ result }: { readonly result: PartitionResult }): ReactElement {
  const palette = usePalette();
  const rows = useMemo(() => partitionRows(result), [result]);
  const option = useMemo(() => partitionOption(rows, palette), [rows, palette]);
  const table = useMemo(() => partitionTable(rows), [rows]);
  if (result.verdict === 'calm')
    return <EmptyState title="No second round">Nobody has to sell at this shock, alone or jointly.</EmptyState>;
  return (
    <div className="surplus-parts">
      <div style={{ height: `min(100%, ${rows.length * ROW + AXIS}px)` }}>
        <Chart label="From the parts alone to the joint loss by forced selling, M USD" option={option} table={table} />
      </div>
      <Shares result={result} />
    </div>
  );
}

/** Who bears what, and who answers for it. */
function Shares({ result }: { readonly result: PartitionResult }): ReactElement {
  const blocks = result.blocks.toSorted((left, right) => right.shapleyUsd - left.shapleyUsd);
  const isSampled = result.shapley.method === 'sampled';
  const figure = (metric: string, id: string, usd: number): ReactElement => (
    <Explain metric={metric} subjectId={id}>
      {millions(usd)}
    </Explain>
  );
  return (
    <div className="surplus-shares">
      <table className="table">
        <thead>
          <tr>
            <th>Part</th>
            <th className="right" title="Loses when only it and the crowd around it react">
              Alone
            </th>
            <th className="right" title="Falls on its accounts when everybody reacts">
              Bears
            </th>
            <th className="right" title={isSampled ? 'Shapley share, with its standard error' : 'Shapley share, exact'}>
              Answers for
            </th>
          </tr>
        </thead>
        <tbody>
          {blocks.map((block) => (
            <tr key={block.id}>
              <td className="surplus-name" title={block.accountIds.join(', ')}>
                {block.name}
              </td>
              <td className="right">{figure('partition.blocks.aloneUsd', block.id, block.aloneUsd)}</td>
              <td className="right">{figure('partition.blocks.borneUsd', block.id, block.borneUsd)}</td>
              <td className="right">
                {figure('partition.blocks.shapleyUsd', block.id, block.shapleyUsd)}
                {block.standardErrorUsd !== null && <span className="muted"> ± {millions(block.standardErrorUsd)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The one line with both ratios, and the strongest tie. */
function Message({ result }: { readonly result: PartitionResult }): ReactElement {
  const { calm, verdict } = result;
  const tone = verdict === 'coupled' ? 'danger' : verdict === 'sheltered' ? 'safe' : 'plain';
  const none = isFailure(result.ratio) ? 'parts lose nothing alone' : ratio(result.ratio);
  return (
    <div className="surplus-message">
      <p className="surplus-line">
        <Chip tone={tone}>{result.headline}</Chip>
        <span>
          calm <Explain metric="partition.calm.diversificationRatio">{ratio(calm.diversificationRatio)}</Explain> parts ÷ whole
        </span>
        <span>
          drawdown <Explain metric="partition.ratio">{none}</Explain> {isFailure(result.ratio) ? '' : 'whole ÷ parts'}
        </span>
      </p>
      <p className="surplus-sentence" title={result.sentences.join(' ')}>
        {result.sentences.slice(1).join(' ')}
      </p>
    </div>
  );
}
