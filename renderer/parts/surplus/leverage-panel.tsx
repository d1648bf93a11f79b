import './surplus.css';
import type { ReactElement } from 'react';
import type { ExitRow, FeedbackResult } from '../../../main/contract/feedback.ts';
import { useFeedback } from '../../client/queries.ts';
import { failureMark, isFailure } from '../../format/failure.ts';
import { millions } from '../../format/money.ts';
import { ratio } from '../../format/share.ts';
import { Explain } from '../explain.tsx';
import { FigureHead } from '../figure-head.tsx';
import { Panel } from '../panel.tsx';
import { RunProgressBar } from '../progress.tsx';
import { EmptyState, FailureBox } from '../states.tsx';

/** How much leverage the depth of the markets allows: beyond the critical one, selling everything no longer pays the debts. */
export function LeveragePanel(): ReactElement {
  const { value, failure, isStale, runId, again } = useFeedback({});
  return (
    <Panel
      title="Critical leverage"
      caption="beyond it, selling everything does not pay the debts"
      isFlush
      className={isStale ? 'leverage-panel is-waiting' : 'leverage-panel'}
      {...(value === null ? {} : { foot: <Volumes result={value} /> })}
    >
      {value !== null ? (
        <Rows result={value} />
      ) : failure === null ? (
        <div className="gate">
          <RunProgressBar runId={runId} title="Measuring the feedback" />
        </div>
      ) : (
        <FailureBox failure={failure} action={{ title: 'Try again', run: again }} />
      )}
    </Panel>
  );
}

function Rows({ result }: { readonly result: FeedbackResult }): ReactElement {
  const { accounts, book } = result.exit;
  const selling = accounts.filter((row) => row.assetsUsd > 0);
  if (selling.length === 0) return <EmptyState title="Nothing to sell">No account holds what it would have to sell to leave.</EmptyState>;
  return (
    <table className="table leverage-table">
      <FigureHead first="Account" figures={['Sells, M', 'Lost, M', 'Leverage', 'Critical', 'Left, M']} last="Exit" />
      <tbody>
        {[book, ...selling].map((row) => (
          <Row key={row.accountId ?? ''} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { readonly row: ExitRow }): ReactElement {
  const { accountId, isExitPossible } = row;
  const exit = isExitPossible === null ? 'not known' : isExitPossible ? 'pays' : '◆ does not pay';
  return (
    <tr>
      <th scope="row">{accountId ?? 'all together'}</th>
      <td className="right">{millions(row.assetsUsd)}</td>
      <td className="right">{figure(row.exitCostUsd, millions)}</td>
      <td className="right">{figure(row.leverage, ratio)}</td>
      <td className="right">
        <Explain metric="feedback.exit.criticalLeverage" {...(accountId === null ? {} : { subjectId: accountId })}>
          {figure(row.criticalLeverage, ratio)}
        </Explain>
      </td>
      <td className="right">{figure(row.impactAdjustedEquityUsd, millions)}</td>
      <td className={isExitPossible === false ? 'state-danger' : 'secondary'}>{exit}</td>
    </tr>
  );
}

/** A figure, or the mark of why there is none with its words on hover. */
function figure(value: ExitRow['leverage'], show: (value: number) => string): ReactElement {
  return isFailure(value) ? <span title={value.message}>{failureMark(value)}</span> : <>{show(value)}</>;
}

/** What selling together adds, and which volumes it rests on. */
function Volumes({ result }: { readonly result: FeedbackResult }): ReactElement {
  const { togetherOverAlone, volumes } = result.exit;
  const sources = volumes.map(({ driver, source, asOf }) => `${driver}: ${source}${asOf === null ? '' : `, ${asOf}`}`);
  return (
    <p className="surplus-sentence" title={sources.join('\n')}>
      Together selling costs <strong>{isFailure(togetherOverAlone) ? failureMark(togetherOverAlone) : ratio(togetherOverAlone)}</strong>{' '}
      what each would lose alone. {sources.join('; ')}.
    </p>
  );
}
