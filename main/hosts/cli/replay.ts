import type { OutputOf } from '../../contract/contract.ts';
import type { ReplayResult, WarningStudy } from '../../contract/replay.ts';
import { succeed, type Result } from '../../domain/failure.ts';
import { dollars, listed, percent, ratio, table } from './table.ts';
import { EXIT, type ExitCode } from './terminal.ts';
import { reportAnswer, reportFailure, type Desk } from './workstation.ts';

/** Which prices to replay: a window that ships, or a file of price bars; and whether warnings are judged over daily prices too. */
export type ReplayWish = { readonly window?: string; readonly prices?: string; readonly warnings: boolean };

/** `replay`: a recorded window on the book, what was said before, during and after, and where it was wrong. Without a window: the list. */
export async function replayWindow(desk: Desk, wish: ReplayWish): Promise<ExitCode> {
  if (wish.window === undefined && wish.prices === undefined) return listWindows(desk);
  const told = await askReplay(desk, wish);
  return reportAnswer(desk, told, ({ replay, study }) => `${replayText(replay)}${study === null ? '' : `\n${studyText(study)}`}`);
}

/** `system --window`: the index and its parts along a recorded window. */
export async function systemAlong(desk: Desk, wish: ReplayWish): Promise<ExitCode> {
  const told = await askReplay(desk, wish);
  const part = ({ replay }: Told) => ({
    window: replay.window,
    stepMinutes: replay.stepMinutes,
    coverageFraction: replay.coverageFraction,
    leastCoverageFraction: replay.leastCoverageFraction,
    warning: replay.warning,
    steps: replay.steps.map(({ at, pricesUsd, index, parts, coverageFraction, isWarning }) => ({
      at,
      pricesUsd,
      index,
      parts,
      coverageFraction,
      isWarning,
    })),
  });
  if (!told.ok) return reportFailure(desk, told.failure);
  if (desk.isJson) return reportAnswer(desk, succeed(part(told.value)), () => '');
  desk.terminal.write(`${indexTable(told.value.replay)}\n${told.value.replay.warning.sentence}\n`);
  if (told.value.study !== null) desk.terminal.write(`\n${studyText(told.value.study)}`);
  return EXIT.ok;
}

/** Replays every window that ships, so that a report tells of them. */
export async function replayAll({ client }: Desk): Promise<Result<null>> {
  const windows = await client.call('replay.windows', {});
  if (!windows.ok) return windows;
  const study = await client.call('replay.warnings', {});
  if (!study.ok) return study;
  for (const { id } of windows.value) {
    const replay = await client.call('replay.run', { windowId: id });
    if (!replay.ok) return replay;
  }
  return succeed(null);
}

type Told = { readonly replay: ReplayResult; readonly study: WarningStudy | null };

/** The study first, since it chooses the level at which the window's index warns. */
async function askReplay({ client }: Desk, { window, prices, warnings }: ReplayWish): Promise<Result<Told>> {
  const study = warnings ? await client.call('replay.warnings', {}) : null;
  if (study !== null && !study.ok) return study;
  const replay = await client.call('replay.run', {
    ...(window === undefined ? {} : { windowId: window }),
    ...(prices === undefined ? {} : { source: { path: prices } }),
  });
  return replay.ok ? succeed({ replay: replay.value, study: study?.value ?? null }) : replay;
}

async function listWindows(desk: Desk): Promise<ExitCode> {
  return reportAnswer(desk, await desk.client.call('replay.windows', {}), windowsText);
}

function windowsText(windows: OutputOf<'replay.windows'>): string {
  const rows = windows.map(({ id, name, startsAt, endsAt, intervalMinutes, assetIds }) => [
    id,
    name,
    startsAt.slice(0, 10),
    endsAt.slice(0, 10),
    `${intervalMinutes} min`,
    listed(assetIds),
  ]);
  return table(
    ['Window', 'Name', 'From', 'To', 'Bars', 'Recorded'].map((heading) => ({ heading })),
    rows,
  );
}

function clock(at: string | null): string {
  return at === null ? '–' : `${at.slice(5, 10)} ${at.slice(11, 16)}`;
}

function replayText(replay: ReplayResult): string {
  const { window, accounts, checkpoints, treatments } = replay;
  const head = `${window.id} ${window.name}, ${clock(window.startsAt)} to ${clock(window.endsAt)} UTC. ${replay.basisNote}`;
  const rows = checkpoints.map(({ phase, at, index, said, happened }) => [phase, clock(at), ratio(index), said, happened]);
  const people = accounts.map(({ accountId, startJointMove, startAloneMove, saidAt, fellAt, leadHours, verdict }) => [
    accountId,
    percent(startJointMove),
    percent(startAloneMove),
    clock(saidAt),
    clock(fellAt),
    leadHours === null ? '–' : leadHours.toFixed(1),
    VERDICTS[verdict],
  ]);
  const figures = (headings: readonly string[]) => headings.map((heading) => ({ heading, isFigure: true }));
  return [
    `${head}\n\n${replay.headline}\n${replay.warning.sentence}\n\n`,
    indexTable(replay),
    '\nWhat was said, and what happened:\n',
    table([{ heading: 'Phase' }, { heading: 'At' }, ...figures(['Index']), { heading: 'Said' }, { heading: 'Happened' }], rows),
    '\nAccounts:\n',
    table(
      [
        { heading: 'Account' },
        ...figures(['Joint', 'Alone']),
        { heading: 'Said' },
        { heading: 'Fell' },
        ...figures(['Lead, h']),
        { heading: 'Verdict' },
      ],
      people,
    ),
    replay.wrong.length === 0 ? '\nNothing that was said proved wrong.\n' : `\nWhere it was wrong:\n${lines(replay.wrong)}`,
    '\nPriced by:\n',
    table(
      [{ heading: 'Asset' }, ...figures(['Share']), { heading: 'How' }],
      treatments.map((each) => [each.assetId, percent(each.shareFraction), each.treatment]),
    ),
    `\nRests on:\n${lines(replay.assumptions)}`,
    ...(window.facts.length === 0
      ? []
      : [`\nEvents:\n${lines(window.facts.map((fact) => `${clock(fact.at)} ${fact.text} (${fact.source})`))}`]),
  ].join('');
}

const VERDICTS: Readonly<Record<ReplayResult['accounts'][number]['verdict'], string>> = {
  belowAtStart: 'below from the start',
  foreseen: 'said before',
  missed: 'missed',
  falseAlarm: 'said, held',
  held: 'held',
};

function lines(texts: readonly string[]): string {
  return texts.map((text) => `  ${text}\n`).join('');
}

/** Rows of the index's table: enough to see its course. */
const SHOWN_STEPS = 16;

function indexTable({ steps, lowAt }: ReplayResult): string {
  const every = Math.ceil(steps.length / SHOWN_STEPS);
  const shown = steps.filter((step, s) => s % every === 0 || step.at === lowAt || step.isWarning || s === steps.length - 1);
  const drivers = Object.keys(steps[0]?.saidPricesUsd ?? {});
  const rows = shown.map((step) => [
    clock(step.at),
    ...drivers.map((id) => dollars(step.pricesUsd[id])),
    ratio(step.index),
    ...Object.values(step.parts).map(ratio),
    percent(step.coverageFraction),
    dollars(step.equityUsd),
    dollars(step.requirementUsd),
    String(step.below.length),
    `${step.isWarning ? 'warning ' : ''}${step.at === lowAt ? 'low' : ''}`,
  ]);
  const figures = [...drivers, 'Index', 'L', 'A', 'X', 'K', 'Covered', 'Equity', 'Required', 'Below'];
  return table([{ heading: 'At' }, ...figures.map((heading) => ({ heading, isFigure: true })), { heading: '' }], rows);
}

function studyText({ definition, sentence, index, plain }: WarningStudy): string {
  const rows = [index, plain].flatMap((signal) =>
    [signal.training, signal.test].map((judged) => [
      signal.name,
      ratio(signal.level),
      `${judged.from} to ${judged.to}`,
      `${judged.announced} of ${judged.falls}`,
      ratio(judged.meanLeadDays),
      `${judged.falseWarnings} of ${judged.warnings}`,
    ]),
  );
  const heads = [
    { heading: 'Signal' },
    { heading: 'Level', isFigure: true },
    { heading: 'Days' },
    ...['Announced', 'Lead, days', 'False'].map((heading) => ({ heading, isFigure: true })),
  ];
  return `Warnings over daily prices:\n${table(heads, rows)}\n${sentence}\n${definition}\n`;
}
