import type { KeyboardEvent, ReactElement } from 'react';
import type { AccountResult } from '../../../main/contract/analysis.ts';
import { distance } from '../../format/share.ts';
import { Panel } from '../../parts/panel.tsx';
import { stateClass, StateMark } from '../../parts/state-mark.tsx';
import { VenueMark } from '../../parts/venue-mark.tsx';

type Props = { readonly accounts: readonly AccountResult[]; readonly selectedId: string; readonly onSelect: (accountId: string) => void };

/** Every account by joint distance; up and down walk the list. */
export function AccountList({ accounts, selectedId, onSelect }: Props): ReactElement {
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const index = accounts.findIndex((account) => account.accountId === selectedId);
    const next = step === undefined ? undefined : accounts[index + step];
    if (step === undefined || next === undefined) return;
    event.preventDefault();
    onSelect(next.accountId);
    (event.currentTarget.children[index + step] as HTMLElement | undefined)?.focus();
  };
  return (
    <Panel title="Accounts" caption="by joint distance" isFlush className="account-list">
      <div className="account-list-head" aria-hidden="true">
        <span>Account</span>
        <span>Joint, %</span>
      </div>
      <ul role="listbox" aria-label="Accounts by joint distance" onKeyDown={onKeyDown}>
        {accounts.map((account) => {
          const isSelected = account.accountId === selectedId;
          const figure = distance(account.jointMove, account.maintenanceRequirementUsd !== null);
          return (
            <li
              title={account.name}
              key={account.accountId}
              role="option"
              aria-selected={isSelected}
              tabIndex={isSelected ? 0 : -1}
              onClick={() => onSelect(account.accountId)}
            >
              <StateMark state={account.state} />
              <VenueMark mark={account.venueMark} />
              <span className="account-list-name">{account.accountId}</span>
              <span className={`figure ${account.state === 'danger' || account.state === 'watch' ? stateClass(account.state) : ''}`}>
                {figure}
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
