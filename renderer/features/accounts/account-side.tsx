import type { ReactElement } from 'react';
import type { AccountResult, AnalysisResult } from '../../../main/contract/analysis.ts';
import { price } from '../../format/money.ts';
import { distanceWords } from '../../format/share.ts';
import { CouplingGauge, GaugeHead } from '../../parts/coupling-gauge.tsx';
import { Explain } from '../../parts/explain.tsx';
import { useRequirement } from '../../client/queries.ts';
import { Panel } from '../../parts/panel.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { RequirementSection } from './requirement-section.tsx';

type Props = { readonly account: AccountResult; readonly analysis: AnalysisResult; readonly referenceMove: number };
type LiquidationPoint = AccountResult['liquidationPoints'][number];

/** How its requirement moves, what liquidates the account, what binds, what coupling costs it and what must stay true. */
export function AccountSide({ account, analysis, referenceMove }: Props): ReactElement {
  const hasRequirement = account.maintenanceRequirementUsd !== null;
  return (
    <Panel
      title={hasRequirement ? 'Requirement Greeks' : 'What it rests on'}
      {...(hasRequirement ? { caption: 'change of excess, k USD' } : {})}
      className="account-side"
    >
      {hasRequirement ? (
        <>
          <Requirement accountId={account.accountId} />
          <section>
            <h3>What liquidates it, one driver alone</h3>
            <LiquidationPrices account={account} />
          </section>
        </>
      ) : (
        <p className="secondary">Custody has no requirement: nothing is ever liquidated here.</p>
      )}
      {hasRequirement && (
        <section>
          <h3>What binds</h3>
          <p className="secondary">{account.binding}</p>
        </section>
      )}
      {hasRequirement && (
        <section>
          <h3>What coupling costs</h3>
          <GaugeHead />
          <CouplingGauge
            name={account.accountId}
            jointMove={account.jointMove}
            aloneMove={account.aloneMove}
            state={account.state}
            referenceMove={referenceMove}
          />
          <p className="secondary">{couplingSentence(account)}</p>
        </section>
      )}
      <Conditions account={account} analysis={analysis} />
    </Panel>
  );
}

/** How the requirement moves, once it has been computed. */
function Requirement({ accountId }: { readonly accountId: string }): ReactElement {
  const { value, failure } = useRequirement();
  if (failure !== null) return <p className="secondary">{failure.message}</p>;
  const row = value?.accounts.find((each) => each.accountId === accountId);
  return row === undefined ? (
    <p className="secondary" aria-busy="true">
      Moving each driver, alone and through the cascade …
    </p>
  ) : (
    <RequirementSection accountId={accountId} row={row} />
  );
}

function LiquidationPrices({ account }: { readonly account: AccountResult }): ReactElement {
  return (
    <table className="table account-prices">
      <thead>
        <tr>
          <th scope="col">Driver</th>
          <th scope="col" className="right">
            Now, USD
          </th>
          <th scope="col" className="right">
            Falls at
          </th>
          <th scope="col" className="right">
            Move, %
          </th>
        </tr>
      </thead>
      <tbody>{account.liquidationPoints.flatMap((point) => priceRows(point, account.accountId))}</tbody>
    </table>
  );
}

function priceRows(point: LiquidationPoint, accountId: string): readonly ReactElement[] {
  const ends = [
    { key: 'down', move: point.downMove, priceUsd: point.downPriceUsd },
    { key: 'up', move: point.upMove, priceUsd: point.upPriceUsd },
  ].filter((end) => end.move !== null);
  if (ends.length === 0) {
    return [
      <tr key={point.driver}>
        <th scope="row">{point.driver}</th>
        <td className="right">{price(point.priceNowUsd, 'USD')}</td>
        <td colSpan={2} className="right muted">
          cannot be liquidated by {point.driver} alone
        </td>
      </tr>,
    ];
  }
  return ends.map((end, index) => (
    <tr key={`${point.driver} ${end.key}`}>
      <th scope="row">{index === 0 ? point.driver : ''}</th>
      <td className="right">{index === 0 ? price(point.priceNowUsd, 'USD') : ''}</td>
      <td className="right">
        <Explain metric={`account.liquidationPoints.${end.key}PriceUsd`} subjectId={`${accountId} ${point.driver}`}>
          <strong>{price(end.priceUsd, 'USD')}</strong>
        </Explain>
      </td>
      <td className="right">{distanceWords(end.move).replace(/\s*%$/, '')}</td>
    </tr>
  ));
}

function couplingSentence(account: AccountResult): string {
  if (account.jointMove === null) return 'It holds on the whole axis, alone and jointly.';
  if (account.aloneMove === null)
    return `It can never fall alone; when all accounts react it falls at ${distanceWords(account.jointMove)}.`;
  const points = Math.abs(account.aloneMove - account.jointMove) * 100;
  if (points < 0.05) return `The others cost it nothing: it falls at ${distanceWords(account.jointMove)} either way.`;
  return `Alone it falls at ${distanceWords(account.aloneMove)}; when all accounts react, ${points.toFixed(1)} points sooner, at ${distanceWords(account.jointMove)}.`;
}

/** What must stay true for the account's collateral to be worth its value. */
function Conditions({ account, analysis }: { readonly account: AccountResult; readonly analysis: AnalysisResult }): ReactElement | null {
  const { conditions, nodes } = analysis.network;
  const node = nodes.find(
    (entry) => entry.kind === 'account' && (entry.id === account.accountId || entry.id.endsWith(`:${account.accountId}`)),
  );
  const list = node === undefined ? [] : (conditions[node.id] ?? []);
  if (list.length === 0) return null;
  return (
    <section>
      <h3>What must stay true</h3>
      <ul className="account-conditions">
        {list.map((condition) => (
          <li key={condition.text}>
            <StateMark state={condition.state} />
            <div>
              {condition.text}
              <p className="muted">{condition.detail}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
