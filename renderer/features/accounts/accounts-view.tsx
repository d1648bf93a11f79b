import './accounts.css';
import { type CSSProperties, type ReactElement, useCallback, useMemo } from 'react';
import type { AccountResult, AnalysisResult } from '../../../main/contract/analysis.ts';
import { useSelection } from '../../app/selection.ts';
import { AnalysisGate } from '../../parts/analysis-gate.tsx';
import { Button } from '../../parts/button.tsx';
import { Chip } from '../../parts/chip.tsx';
import { Panel } from '../../parts/panel.tsx';
import { referenceMove } from '../../parts/reference-move.ts';
import { VenueMark } from '../../parts/venue-mark.tsx';
import { driversOf } from './account-curves.ts';
import { AccountBottom } from './account-bottom.tsx';
import { AccountList } from './account-list.tsx';
import { byJointDistance, neighbours, shownAccount } from './account-order.ts';
import { AccountSide } from './account-side.tsx';
import { accountCaption, AccountTiles } from './account-tiles.tsx';
import { ExcessPanel } from './excess-panel.tsx';
import { useMedia, WIDE_WINDOW } from '../../parts/use-media.ts';

/** One account in full: its figures, its excess against every driver, what liquidates it and its positions. */
export function AccountsView(): ReactElement {
  return <AnalysisGate>{(analysis, isStale) => <Accounts analysis={analysis} isStale={isStale} />}</AnalysisGate>;
}

function Accounts({ analysis, isStale }: { readonly analysis: AnalysisResult; readonly isStale: boolean }): ReactElement {
  const selectedId = useSelection((state) => state.accountId);
  const { selectAccount: choose, selectNode } = useSelection();
  const selectAccount = useCallback(
    (accountId: string) => {
      choose(accountId);
      selectNode(null);
    },
    [choose, selectNode],
  );
  const ordered = useMemo(() => byJointDistance(analysis.accounts), [analysis]);
  const account = shownAccount(analysis.accounts, selectedId);
  const isWide = useMedia(WIDE_WINDOW);
  if (account === null) return <Panel title="Accounts">This book has no account yet: import positions or add one in the Book.</Panel>;
  const drivers = driversOf(account);
  return (
    <div
      className={drivers.length > 0 ? 'accounts-screen' : 'accounts-screen is-custody'}
      style={{ '--positions-height': `${positionsHeight(account.positions, isWide ? 18 : 7)}px` } as CSSProperties}
    >
      <AccountList accounts={ordered} selectedId={account.accountId} onSelect={selectAccount} />
      <AccountHead account={account} analysis={analysis} isStale={isStale} onSelect={selectAccount} />
      {drivers.length > 0 && (
        <div className="accounts-charts">
          {isWide && drivers.length > 1 ? (
            drivers.slice(0, 3).map((driver) => <ExcessPanel key={driver} account={account} analysis={analysis} driver={driver} />)
          ) : (
            <ExcessPanel account={account} analysis={analysis} />
          )}
        </div>
      )}
      <AccountSide account={account} analysis={analysis} referenceMove={referenceMove(analysis)} />
      <AccountBottom account={account} analysis={analysis} />
    </div>
  );
}

/** Room for the positions of the account and for the usual number of rule sets, no more: the rest of the height is the chart's. */
function positionsHeight(positions: number, most: number): number {
  const heads = 128;
  const row = 25;
  const ruleSets = 6;
  return heads + row * Math.min(most, Math.max(ruleSets, positions));
}

type HeadProps = {
  readonly account: AccountResult;
  readonly analysis: AnalysisResult;
  readonly isStale: boolean;
  readonly onSelect: (accountId: string) => void;
};

function AccountHead({ account, analysis, isStale, onSelect }: HeadProps): ReactElement {
  const { former, next } = neighbours(analysis.accounts, account.accountId);
  return (
    <Panel
      title={
        <span className="account-title">
          <VenueMark mark={account.venueMark} /> {account.accountId}
        </span>
      }
      caption={accountCaption(account)}
      isFlush
      className="account-head"
      actions={
        <>
          <FallChip account={account} />
          {former !== null && next !== null && (
            <span className="account-neighbours">
              <Button onClick={() => onSelect(former.accountId)} aria-label={`Former account, ${former.accountId}`}>
                ← {former.accountId}
              </Button>
              <Button onClick={() => onSelect(next.accountId)} aria-label={`Next account, ${next.accountId}`}>
                {next.accountId} →
              </Button>
            </span>
          )}
        </>
      }
    >
      <AccountTiles account={account} isStale={isStale} />
    </Panel>
  );
}

function FallChip({ account }: { readonly account: AccountResult }): ReactElement {
  if (account.maintenanceRequirementUsd === null) return <Chip tone="plain">no requirement</Chip>;
  if (account.fallsInRound !== null)
    return (
      <Chip tone="danger">{account.fallsInRound === 0 ? 'falls at the shock' : `falls in round ${account.fallsInRound} jointly`}</Chip>
    );
  return <Chip tone={account.state === 'watch' ? 'watch' : 'safe'}>holds at the reference shock</Chip>;
}
