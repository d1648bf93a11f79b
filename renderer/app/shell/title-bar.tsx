import { CircleHelp, Moon, Search, Sun } from 'lucide-react';
import type { ReactElement } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import type { BookInfo } from '../../../main/contract/book.ts';
import type { Loaded } from '../../client/queries.ts';
import { Key } from '../../parts/button.tsx';
import { HalfMark } from '../../parts/half-mark.tsx';
import { RunProgressBar } from '../../parts/progress.tsx';
import { runCommand } from '../commands.ts';
import { usePreferences } from '../preferences.ts';
import { switchTheme } from './shell-commands.ts';

type Props = { readonly book: BookInfo | null; readonly analysis: Loaded<AnalysisResult> & { readonly runId: string | null } };

/** Title bar: the book and whether it is saved, the palette, work under way, theme and help. */
export function TitleBar({ book, analysis }: Props): ReactElement {
  const theme = usePreferences((state) => state.theme);
  return (
    <header className="title-bar">
      <div className="title-book">
        <Emblem />
        <h1>Interlock</h1>
        {book !== null && (
          <>
            <span className="muted">/</span>
            <strong title={book.path}>{book.name}</strong>
            <span className={book.isReadOnly ? 'state-watch' : 'state-safe'} aria-hidden="true">
              {book.isReadOnly ? <HalfMark /> : '●'}
            </span>
            <span className="secondary">{book.isReadOnly ? 'read only' : 'saved'}</span>
          </>
        )}
      </div>
      <button type="button" className="title-search" onClick={() => runCommand('help.palette')}>
        <Search size={14} aria-hidden="true" />
        <span>Go to, run or find</span>
        <Key>Ctrl K</Key>
      </button>
      <div className="title-right">
        <RunProgressBar runId={analysis.runId} title="Analysing" />
        <button
          type="button"
          className="icon-button"
          aria-label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
          title="Dark or light (Ctrl Shift L)"
          onClick={switchTheme}
        >
          {theme === 'dark' ? <Sun size={15} /> : <Moon size={15} />}
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label="Keyboard map"
          title="Keyboard map (?)"
          onClick={() => runCommand('help.keys')}
        >
          <CircleHelp size={15} />
        </button>
      </div>
    </header>
  );
}

/** Two rings that hold each other. */
function Emblem(): ReactElement {
  return (
    <svg width="20" height="14" viewBox="0 0 20 14" fill="none" strokeWidth="2" aria-hidden="true">
      <circle cx="7" cy="7" r="5" stroke="var(--text)" />
      <circle cx="13" cy="7" r="5" stroke="var(--accent)" />
    </svg>
  );
}
