import type { OutputOf } from '../../contract/contract.ts';
import type { WhatIf } from '../../contract/what-if.ts';
import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { readInputs } from '../analysis.ts';
import type { Session } from '../session.ts';
import { foldFrame } from './frame.ts';
import type { Frame } from './frame.ts';
import { quickValues } from './quick-values.ts';

/** Hypothetical books kept at a time; more could not be told apart. */
const framesKept = 12;

/** The hypothetical books of the open book; those of a former one are forgotten. */
export type Frames = {
  readonly list: () => Result<WhatIf[]>;
  readonly find: (id: string) => Result<Frame>;
  readonly start: (base: Frame['base'], name: string) => Result<WhatIf>;
  /** Keeps the frame if it can be folded and valued; the former one stays otherwise. */
  readonly keep: (frame: Frame) => Result<OutputOf<'whatIf.edit'>>;
  readonly discard: (id: string) => Result<WhatIf[]>;
  /** A frame as it is told to others. */
  readonly told: (frame: Frame) => WhatIf;
  /** A number that no other frame or edit of this session has. */
  readonly next: () => number;
};

/** Keeps hypothetical books in memory beside the session's open book. */
export function createFrames(session: Session): Frames {
  let kept: { readonly path: string; readonly frames: Map<string, Frame> } | null = null;
  let numbered = 0;
  const next = (): number => (numbered += 1);
  const framesOf = (): Result<Map<string, Frame>> => {
    const book = session.book();
    if (!book.ok) return book;
    if (kept?.path !== book.value.path) kept = { path: book.value.path, frames: new Map() };
    return succeed(kept.frames);
  };
  const find = (id: string): Result<Frame> => {
    const frames = framesOf();
    if (!frames.ok) return frames;
    const frame = frames.value.get(id);
    return frame === undefined ? fail('notFound', `there is no hypothetical book ${id}`) : succeed(frame);
  };
  const list = (): Result<WhatIf[]> => {
    const frames = framesOf();
    return frames.ok ? succeed([...frames.value.values()].map((frame) => told(session, frame))) : frames;
  };
  const keep: Frames['keep'] = (frame) => {
    const inputs = foldFrame(frame);
    const quick = inputs.ok ? quickValues(inputs.value) : inputs;
    if (!quick.ok) return quick;
    kept?.frames.set(frame.id, frame);
    return succeed({ whatIf: told(session, frame), quick: quick.value });
  };
  const start: Frames['start'] = (base, name) => {
    const frames = framesOf();
    if (!frames.ok) return frames;
    if (frames.value.size >= framesKept)
      return fail('conflict', `${framesKept} hypothetical books are open already`, { remedy: 'Discard one of them first.' });
    const book = session.book();
    const live = book.ok ? readInputs(book.value, {}) : book;
    if (!live.ok) return live;
    const frame: Frame = { id: `what-if-${next()}`, name, base, baseDigest: liveDigest(session) ?? '', live: live.value, edits: [] };
    frames.value.set(frame.id, frame);
    return succeed(told(session, frame));
  };
  const discard: Frames['discard'] = (id) => {
    const frame = find(id);
    if (!frame.ok) return frame;
    kept?.frames.delete(id);
    return list();
  };
  return { list, find, start, keep, discard, next, told: (frame) => told(session, frame) };
}

function told(session: Session, { id, name, base, baseDigest, live, edits }: Frame): WhatIf {
  return {
    id,
    name,
    base,
    isOutdated: liveDigest(session) !== baseDigest,
    snapshotAsOf: live.snapshot.asOf,
    edits: edits.map(({ id: editId, title, detail, edit }) => ({
      id: editId,
      title,
      detail,
      legIds: edit.kind === 'legs' ? edit.legIds : [],
    })),
  };
}

function liveDigest(session: Session): string | null {
  const book = session.book();
  return book.ok ? book.value.digest() : null;
}
