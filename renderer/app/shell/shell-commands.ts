import type { BookInfo } from '../../../main/contract/book.ts';
import { activeChart } from '../../chart/active-chart.ts';
import { chartFormats } from '../../chart/chart-format.ts';
import { cancelRun } from '../../client/client.ts';
import { queryClient } from '../../client/queries.ts';
import { useRuns } from '../../client/run-progress.ts';
import { counted } from '../../format/number.ts';
import { activeGrid } from '../../grid/active-grid.ts';
import { notify } from '../../parts/notify.tsx';
import { changeBook, redo, undo } from '../../parts/book-actions.ts';
import { openStage } from '../../parts/stage/stage-store.ts';
import type { Command } from '../commands.ts';
import { goTo, useNavigation } from '../navigation.ts';
import { focusPanel } from '../panels.ts';
import { type Density, usePreferences } from '../preferences.ts';
import { screens } from '../screens.ts';
import { useSheet } from './sheet.ts';

/** Every action of the shell. Screens add their own while they are shown. */
export function shellCommands(): readonly Command[] {
  return [...goCommands(), ...bookCommands(), ...viewCommands(), ...panelCommands(), ...helpCommands()];
}

function goCommands(): readonly Command[] {
  const go = screens.map((screen): Command => ({
    id: `go.${screen.id}`,
    title: screen.title,
    group: 'Go',
    key: screen.key,
    keywords: 'screen show open',
    run: () => goTo(screen.id),
  }));
  return [
    ...go,
    {
      id: 'go.back',
      title: 'Back to the former screen',
      group: 'Go',
      key: 'Backspace',
      when: () => useNavigation.getState().trail.length > 0,
      run: () => useNavigation.getState().back(),
    },
    { id: 'hedge.review', title: 'Review the hedge', group: 'Hedge', key: 'H', run: () => goTo('hedge') },
    {
      id: 'blotter.stage',
      title: 'Stage the suggestion in the blotter…',
      group: 'Hedge',
      key: 'S',
      keywords: 'tickets alarm standing refresh',
      when: () => bookInfo() !== undefined,
      run: openStage,
    },
  ];
}

function bookInfo(): BookInfo | undefined {
  return queryClient.getQueryData<BookInfo>(['book.info', {}]);
}

function bookCommands(): readonly Command[] {
  const { show } = useSheet.getState();
  return [
    {
      id: 'book.demo',
      title: 'Open a fresh demo book',
      group: 'Book',
      keywords: 'sample crash 2026',
      run: () => void changeBook('book.openDemo', {}),
    },
    { id: 'book.open', title: 'Open a book…', group: 'Book', key: 'Ctrl+O', run: () => show('openBook') },
    { id: 'book.new', title: 'New book…', group: 'Book', key: 'Ctrl+Shift+N', run: () => show('newBook') },
    {
      id: 'market.data',
      title: 'Market data…',
      group: 'Book',
      key: 'Ctrl+M',
      keywords: 'snapshot quotes chain prices import',
      run: () => show('market'),
    },
    {
      id: 'book.undo',
      title: 'Undo',
      group: 'Book',
      key: 'Ctrl+Z',
      when: () => bookInfo()?.canUndo === true,
      run: () => void undo(bookInfo()?.undoLabel ?? null),
    },
    {
      id: 'book.redo',
      title: 'Redo',
      group: 'Book',
      key: 'Ctrl+Shift+Z',
      when: () => bookInfo()?.canRedo === true,
      run: () => void redo(bookInfo()?.redoLabel ?? null),
    },
    {
      id: 'analysis.again',
      title: 'Analyse the book again',
      group: 'Analysis',
      key: 'F9',
      keywords: 'recompute refresh run',
      run: () => void queryClient.invalidateQueries({ queryKey: ['analysis.run'] }),
    },
    {
      id: 'analysis.cancel',
      title: 'Cancel work under way',
      group: 'Analysis',
      key: 'Escape',
      when: () => useRuns.getState().runs.size > 0,
      run: cancelOwnWork,
    },
  ];
}

function cancelOwnWork(): void {
  const { own, runs } = useRuns.getState();
  for (const runId of own.values()) if (runs.has(runId)) cancelRun(runId);
}

const densities: readonly Density[] = ['dense', 'standard', 'comfortable'];

function viewCommands(): readonly Command[] {
  return [
    {
      id: 'view.theme',
      title: 'Switch between dark and light',
      group: 'View',
      key: 'Ctrl+Shift+L',
      keywords: 'theme colour',
      run: switchTheme,
    },
    ...densities.map((density): Command => ({
      id: `view.${density}`,
      title: `Rows: ${density}`,
      group: 'View',
      keywords: 'density height',
      run: () => usePreferences.getState().setDensity(density),
    })),
  ];
}

/** Dark to light and back. */
export function switchTheme(): void {
  const { theme, setTheme } = usePreferences.getState();
  setTheme(theme === 'dark' ? 'light' : 'dark');
}

function panelCommands(): readonly Command[] {
  return [
    { id: 'panel.next', title: 'Next panel', group: 'Panel', key: 'F6', run: () => focusPanel(1) },
    { id: 'panel.previous', title: 'Former panel', group: 'Panel', key: 'Shift+F6', run: () => focusPanel(-1) },
    {
      id: 'panel.table',
      title: 'Chart as a table',
      group: 'Panel',
      key: 'T',
      when: () => activeChart() !== null,
      run: () => activeChart()?.toggleTable(),
    },
    ...chartFormats.map((format): Command => ({
      id: `panel.save.${format}`,
      title: `Save the chart as ${format.toUpperCase()}`,
      group: 'Panel',
      keywords: 'export download picture image figure table',
      when: () => activeChart() !== null,
      run: () => activeChart()?.save(format),
    })),
    {
      id: 'panel.copy',
      title: 'Copy raw values',
      group: 'Panel',
      key: 'Ctrl+C',
      when: () => activeGrid() !== null && window.getSelection()?.isCollapsed !== false,
      run: copyFromGrid,
    },
    {
      id: 'panel.explain',
      title: 'Explain the number in focus',
      group: 'Panel',
      key: 'Space',
      when: () => activeGrid() !== null,
      run: () => void activeGrid()?.explain(),
    },
  ];
}

function copyFromGrid(): void {
  const rows = activeGrid()?.copy() ?? 0;
  if (rows > 0) notify({ tone: 'info', fact: `${counted(rows, 'row')} copied`, reason: 'Raw, unrounded values with their heads.' });
}

function helpCommands(): readonly Command[] {
  const { show } = useSheet.getState();
  return [
    { id: 'help.palette', title: 'Go to, run or find', group: 'Help', key: 'Ctrl+K', run: () => show('palette') },
    { id: 'help.keys', title: 'Keyboard map', group: 'Help', key: '?', keywords: 'shortcuts keys', run: () => show('keyMap') },
  ];
}
