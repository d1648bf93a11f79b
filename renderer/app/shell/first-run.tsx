import type { ReactElement } from 'react';
import { EmptyState } from '../../parts/states.tsx';
import { runCommand } from '../commands.ts';

/** No book is open: what a book is and three ways to one. */
export function FirstRun(): ReactElement {
  return (
    <div className="first-run">
      <EmptyState
        title="No book is open"
        actions={[
          { title: 'Demo book', run: () => runCommand('book.demo') },
          { title: 'Open', run: () => runCommand('book.open'), shortcut: 'Ctrl O' },
          { title: 'New book', run: () => runCommand('book.new') },
        ]}
      >
        A book holds your accounts and positions at every venue in one file. The demo book is an options desk in the crash of 5 February
        2026; or open a book of yours, or make one and import an export of a venue.
      </EmptyState>
    </div>
  );
}
