import { Command as Menu } from 'cmdk';
import { type ReactElement, useMemo, useState } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { useAnalysis } from '../../client/queries.ts';
import { Key, keyLabel } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { isAvailable, useCommandStore } from '../commands.ts';
import { goTo } from '../navigation.ts';
import { findEntries, type PaletteEntry } from './palette-index.ts';
import { useSelection } from '../selection.ts';

/** Finds commands, accounts and positions; Enter runs or opens. */
export function Palette({ onClose }: { readonly onClose: () => void }): ReactElement {
  const [query, setQuery] = useState('');
  const commands = useCommandStore((state) => state.commands);
  const { value: analysis } = useAnalysis();
  const entries = useMemo(
    () => [...commandEntries(commands), ...(analysis === null ? [] : analysisEntries(analysis))],
    [commands, analysis],
  );
  const found = useMemo(() => findEntries(entries, query), [entries, query]);
  return (
    <Dialog label="Palette" className="palette" onClose={onClose}>
      <Menu shouldFilter={false} label="Palette" loop>
        <Menu.Input value={query} onValueChange={setQuery} placeholder="Go to, run or find" autoFocus />
        <Menu.List>
          <Menu.Empty>Nothing is called “{query}”. Try an account, an instrument or what you want to do.</Menu.Empty>
          {found.map((entry) => (
            <Menu.Item
              key={entry.id}
              value={entry.id}
              onSelect={() => {
                onClose();
                entry.run();
              }}
            >
              <span>{entry.title}</span>
              <span className="muted">{entry.kind === 'Command' ? entry.words : entry.kind}</span>
              {entry.hint !== '' && <Key>{entry.hint}</Key>}
            </Menu.Item>
          ))}
        </Menu.List>
      </Menu>
    </Dialog>
  );
}

function commandEntries(commands: ReturnType<typeof useCommandStore.getState>['commands']): readonly PaletteEntry[] {
  return [...commands.values()].filter(isAvailable).map((command) => ({
    id: command.id,
    title: command.title,
    kind: 'Command',
    words: command.group,
    hint: keyLabel(command.key ?? ''),
    run: command.run,
  }));
}

function analysisEntries(analysis: AnalysisResult): readonly PaletteEntry[] {
  const { selectAccount, selectPosition } = useSelection.getState();
  const accounts = analysis.accounts.map((account): PaletteEntry => ({
    id: `account ${account.accountId}`,
    title: account.accountId,
    kind: 'Account',
    words: `${account.name} ${account.venueName}`,
    hint: '',
    run: () => {
      selectAccount(account.accountId);
      goTo('accounts');
    },
  }));
  const positions = analysis.positions.map((position): PaletteEntry => ({
    id: `position ${position.positionId}`,
    title: `${position.instrumentName} · ${position.accountId}`,
    kind: 'Position',
    words: position.kind,
    hint: '',
    run: () => {
      selectPosition(position.positionId, position.accountId);
      goTo('book');
    },
  }));
  return [...accounts, ...positions];
}
