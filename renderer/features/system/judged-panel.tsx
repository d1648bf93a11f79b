import { type ReactElement, type ReactNode, useState } from 'react';
import type { ReplayAccount, ReplayResult } from '../../../main/contract/replay.ts';
import { fixed, NOT_APPLICABLE } from '../../format/number.ts';
import { distance, percent } from '../../format/share.ts';
import { Explain } from '../../parts/explain.tsx';
import { FigureHead } from '../../parts/figure-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Tabs } from '../../parts/switches.tsx';
import { stepTime } from './system-chart.ts';
import { WarningsBody, type Warnings } from './warnings-body.tsx';

type View = 'accounts' | 'wrong' | 'warnings' | 'basis';

const VERDICTS: Readonly<Record<ReplayAccount['verdict'], string>> = {
  belowAtStart: 'below from the start',
  foreseen: 'said before',
  missed: 'missed',
  falseAlarm: 'said, held',
  held: 'held',
};

/** The window judged: account by account, where it was wrong, how well the index warns, and what it all rests on. */
export function JudgedPanel({ replay, warnings }: { readonly replay: ReplayResult; readonly warnings: Warnings }): ReactElement {
  const [view, setView] = useState<View>('accounts');
  const bodies: Readonly<Record<View, () => ReactNode>> = {
    accounts: () => <Accounts accounts={replay.accounts} />,
    wrong: () => <Sentences texts={replay.wrong.length > 0 ? replay.wrong : ['Nothing that was said proved wrong.']} />,
    warnings: () => <WarningsBody replay={replay} warnings={warnings} />,
    basis: () => <Basis replay={replay} />,
  };
  return (
    <Panel
      title="The window judged"
      isFlush
      className="system-judged"
      head={
        <Tabs
          label="The window judged"
          value={view}
          onChange={setView}
          choices={[
            { value: 'accounts', title: 'Accounts' },
            { value: 'wrong', title: 'Wrong', count: replay.wrong.length },
            { value: 'warnings', title: 'Warnings' },
            { value: 'basis', title: 'Rests on' },
          ]}
        />
      }
    >
      {bodies[view]()}
    </Panel>
  );
}

function Accounts({ accounts }: { readonly accounts: readonly ReplayAccount[] }): ReactElement {
  return (
    <table className="table">
      <FigureHead first="Account" figures={['Joint, %', 'Alone, %', 'Said', 'Fell', 'Lead, h']} last="Verdict" />
      <tbody>
        {accounts.map((row) => (
          <tr key={row.accountId}>
            <th scope="row">{row.accountId}</th>
            <td className="right">{distance(row.startJointMove)}</td>
            <td className="right">{distance(row.startAloneMove)}</td>
            <td className="right">{row.saidAt === null ? NOT_APPLICABLE : stepTime(row.saidAt)}</td>
            <td className="right">{row.fellAt === null ? NOT_APPLICABLE : stepTime(row.fellAt)}</td>
            <td className="right">
              <Explain metric="replay.accounts.leadHours" subjectId={row.accountId}>
                {row.leadHours === null ? NOT_APPLICABLE : fixed(row.leadHours, 1)}
              </Explain>
            </td>
            <td className={row.verdict === 'missed' ? 'state-danger' : row.verdict === 'falseAlarm' ? 'state-watch' : 'secondary'}>
              {row.verdict === 'missed' ? '◆ ' : row.verdict === 'falseAlarm' ? '▲ ' : ''}
              {VERDICTS[row.verdict]}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Sentences({ texts }: { readonly texts: readonly string[] }): ReactElement {
  return (
    <ul className="system-sentences">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

function Basis({ replay }: { readonly replay: ReplayResult }): ReactElement {
  return (
    <>
      <table className="table">
        <FigureHead first="Asset" figures={['Share']} last="Priced by" />
        <tbody>
          {replay.treatments.map((row) => (
            <tr key={row.assetId}>
              <th scope="row">{row.assetId}</th>
              <td className="right">{percent(row.shareFraction)}</td>
              <td className={row.isRecorded ? '' : 'state-watch'}>{row.treatment}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Sentences texts={replay.assumptions} />
    </>
  );
}
