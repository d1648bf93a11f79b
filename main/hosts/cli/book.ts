import { resolve } from 'node:path';
import { EXIT, type ExitCode } from './terminal.ts';
import { reportAnswer, type Desk } from './workstation.ts';

/** `book info`: what the open book holds. */
export async function bookInfo(desk: Desk): Promise<ExitCode> {
  return reportAnswer(desk, await desk.client.call('book.info', {}), (info) => {
    const counts = Object.entries(info.counts).map(([noun, count]) => `  ${noun} ${count}\n`);
    const lines = [
      `${info.name}\n`,
      `  file ${info.path}${info.isReadOnly ? ' (read only)' : ''}\n`,
      `  schema ${info.schemaVersion}, digest ${info.digest}\n`,
      `  snapshot ${info.activeSnapshotId ?? 'none'}, scenarios ${info.activeScenarioSetId ?? 'none'}\n`,
    ];
    return [...lines, ...counts].join('');
  });
}

/** `book verify`: integrity, references and the content digest recomputed; a damaged book is a failure. */
export async function verifyBook(desk: Desk): Promise<ExitCode> {
  const answer = await desk.client.call('book.verify', {});
  const code = reportAnswer(desk, answer, ({ isSound, problems, digest }) =>
    isSound ? `The book is sound; digest ${digest}.\n` : `The book is damaged:\n${problems.map((problem) => `  ${problem}\n`).join('')}`,
  );
  return answer.ok && !answer.value.isSound ? EXIT.failure : code;
}

/** `book backup`: a copy made while the book is in use. */
export async function backUpBook(desk: Desk, to: string): Promise<ExitCode> {
  const answer = await desk.client.call('book.backup', { path: resolve(to) });
  return reportAnswer(desk, answer, ({ path, bytes, digest }) => `Copied to ${path}: ${bytes} bytes, digest ${digest}.\n`);
}
