import { type ReactElement, Suspense, useMemo } from 'react';
import { Toaster } from 'sonner';
import { useAnalysis, useBookInfo, useHostEvents } from '../../client/queries.ts';
import { ExplainPopover } from '../../parts/explain-popover.tsx';
import { PanelBoundary } from '../../parts/panel-boundary.tsx';
import { StageSheet } from '../../parts/stage/stage-sheet.tsx';
import { FailureBox } from '../../parts/states.tsx';
import { useCommands } from '../commands.ts';
import { FirstRun } from './first-run.tsx';
import { useCommandKeys } from '../keyboard.ts';
import { useNavigation } from '../navigation.ts';
import { Rail } from './rail.tsx';
import { screens } from '../screens.ts';
import { shellCommands } from './shell-commands.ts';
import { Sheets } from './sheets.tsx';
import { StatusBar } from './status-bar.tsx';
import { Tape } from './tape.tsx';
import { TitleBar } from './title-bar.tsx';

/** Screens that need no book. */
const bookless = new Set(['importing']);

/** The whole window: title, tape, rail, the screen that is chosen, status; and what floats above it. */
export function Workstation(): ReactElement {
  useHostEvents();
  useCommandKeys();
  useCommands(useMemo(() => shellCommands(), []));
  const book = useBookInfo();
  const analysis = useAnalysis();
  return (
    <div className="workstation">
      <TitleBar book={book.value} analysis={analysis} />
      <Tape analysis={analysis.value} />
      <Rail analysis={analysis.value} />
      <main
        className="screen"
        aria-label="Screen"
        aria-busy={book.isLoading || analysis.isFetching || (book.value !== null && analysis.isLoading)}
      >
        <CurrentScreen />
      </main>
      <StatusBar analysis={analysis} />
      <Sheets />
      <StageSheet />
      <ExplainPopover />
      <Toaster position="bottom-right" visibleToasts={3} expand offset={{ bottom: 88, right: 14 }} gap={8} />
    </div>
  );
}

function CurrentScreen(): ReactElement | null {
  const id = useNavigation((state) => state.screen);
  const book = useBookInfo();
  const screen = screens.find((candidate) => candidate.id === id);
  if (screen === undefined) return null;
  if (book.value === null && !bookless.has(id)) {
    if (book.isLoading) return <p className="screen-wait">Opening the book</p>;
    if (book.failure !== null && book.failure.reason !== 'notFound')
      return <FailureBox failure={book.failure} action={{ title: 'Try again', run: book.again }} />;
    return <FirstRun />;
  }
  const View = screen.view;
  return (
    <PanelBoundary key={id}>
      <Suspense fallback={<p className="screen-wait">Opening {screen.title}</p>}>
        <View />
      </Suspense>
    </PanelBoundary>
  );
}
