import { createHash } from 'node:crypto';
import type { AnalysisResult } from '../contract/analysis.ts';
import type { CallContext, Services } from '../contract/contract.ts';
import type { WhatIfColumn } from '../contract/what-if.ts';
import { fail, succeed } from '../domain/failure.ts';
import type { Result } from '../domain/failure.ts';
import type { Pool } from '../pool/pool-types.ts';
import { analyseOpenBook, DEFAULT_SEED, digestOf, ENGINE_VERSION } from './analysis.ts';
import { analyseBook } from './analysis/analyse-book.ts';
import { createSlot } from './session.ts';
import type { Session, SlotOf } from './session.ts';
import { costOfChange } from './what-if/cost-of-change.ts';
import { foldFrame } from './what-if/frame.ts';
import type { Frame } from './what-if/frame.ts';
import { createFrames } from './what-if/frames.ts';
import type { Frames } from './what-if/frames.ts';
import { editsOf, remember } from './what-if/known-what-if.ts';
import { quickValues } from './what-if/quick-values.ts';
import { resolveEdit } from './what-if/resolve-edit.ts';

type WhatIfServiceName = Extract<keyof Services, `whatIf.${string}`>;

const LIVE = 'live';

/** Hypothetical books beside the open one. They live in memory and end with the book; nothing of them is written or sent. */
export function createWhatIfServices(session: Session, pool: Pool): Pick<Services, WhatIfServiceName> {
  const frames = createFrames(session);
  const changed = (frame: Frame): ReturnType<Frames['keep']> => {
    const kept = frames.keep(frame);
    if (kept.ok) remember(session, kept.value.whatIf, { quick: kept.value.quick });
    return kept;
  };
  const work: Work = { session, pool, frames, analyses: createSlot<AnalysisResult>() };
  return {
    'whatIf.list': async () => frames.list(),
    'whatIf.start': async ({ base, name }) => frames.start(base, name),
    'whatIf.edit': async ({ id, edit }) => {
      const frame = frames.find(id);
      if (!frame.ok) return frame;
      const resolved = resolveEdit(frame.value, edit, session.hedge.last());
      if (!resolved.ok) return resolved;
      return changed({ ...frame.value, edits: [...frame.value.edits, { id: `edit-${frames.next()}`, edit, ...resolved.value }] });
    },
    'whatIf.undo': async ({ id }) => {
      const frame = frames.find(id);
      if (!frame.ok) return frame;
      if (frame.value.edits.length === 0) return fail('notFound', `${frame.value.name}: there is no edit to undo`);
      return changed({ ...frame.value, edits: frame.value.edits.slice(0, -1) });
    },
    'whatIf.discard': async ({ id }) => frames.discard(id),
    'whatIf.quick': async ({ id }) => {
      const frame = frames.find(id);
      if (!frame.ok) return frame;
      const inputs = foldFrame(frame.value);
      const quick = inputs.ok ? quickValues(inputs.value) : inputs;
      if (quick.ok) remember(session, frames.told(frame.value), { quick: quick.value });
      return quick;
    },
    'whatIf.analyse': async ({ id }, context) => {
      const frame = frames.find(id);
      return frame.ok ? analyse(work, frame.value, context) : frame;
    },
    'whatIf.compare': async ({ ids }, context) => {
      const columns: WhatIfColumn[] = [];
      for (const id of new Set(ids)) {
        const found = await columnOf(work, id, context);
        if (!found.ok) return found;
        columns.push(found.value);
      }
      return succeed(columns);
    },
  };
}

/** What the long work of this topic shares. */
type Work = {
  readonly session: Session;
  readonly pool: Pool;
  readonly frames: Frames;
  readonly analyses: SlotOf<AnalysisResult>;
};

async function analyse(work: Work, frame: Frame, context: CallContext): Promise<Result<AnalysisResult>> {
  const inputs = foldFrame(frame);
  if (!inputs.ok) return inputs;
  const contentsDigest = createHash('sha256')
    .update(JSON.stringify([inputs.value.contents, inputs.value.snapshot.quotes]))
    .digest('hex');
  const inputsDigest = digestOf(contentsDigest, inputs.value);
  const known = work.analyses.get(inputsDigest);
  const identity = { runId: context.runId, engineVersion: ENGINE_VERSION, seed: DEFAULT_SEED, inputsDigest };
  const result = known === null ? await analyseBook(inputs.value, identity, { ...context, pool: work.pool }) : succeed(known);
  if (!result.ok) return result;
  work.analyses.set(inputsDigest, result.value);
  rememberLater(work, frame, { full: { analysis: result.value, edits: editsOf(frame) } });
  return result;
}

async function columnOf(work: Work, id: string, context: CallContext): Promise<Result<WhatIfColumn>> {
  if (id === LIVE) {
    const live = await analyseOpenBook({ session: work.session, pool: work.pool, input: {}, context });
    return live.ok ? succeed({ ...column(live.value), id, name: 'Live', costUsd: 0 }) : live;
  }
  const frame = work.frames.find(id);
  if (!frame.ok) return frame;
  const inputs = foldFrame(frame.value);
  if (!inputs.ok) return inputs;
  const result = await analyse(work, frame.value, context);
  if (!result.ok) return result;
  const costUsd = costOfChange(frame.value.live, inputs.value.contents);
  rememberLater(work, frame.value, { cost: { costUsd, edits: editsOf(frame.value) } });
  return succeed({ ...column(result.value), id, name: frame.value.name, costUsd });
}

/** Adds to what is known of a frame after long work; it may have been edited or discarded meanwhile. */
function rememberLater({ session, frames }: Work, { id }: Frame, part: Parameters<typeof remember>[2]): void {
  const now = frames.find(id);
  if (now.ok) remember(session, frames.told(now.value), part);
}

function column({ totals, distribution, cascade, leverageIndex }: AnalysisResult): Omit<WhatIfColumn, 'id' | 'name' | 'costUsd'> {
  return {
    equityUsd: totals.equityUsd,
    requirementUsd: totals.requirementUsd,
    useFraction: totals.useFraction,
    nearestAccountId: totals.nearestAccountId,
    nearestJointMove: totals.nearestJointMove,
    expectedShortfallUsd: distribution.expectedShortfallUsd,
    anyLiquidationFraction: distribution.anyLiquidationFraction,
    fallenAtReference: cascade.fallen.map((fallen) => fallen.accountId),
    leverageIndex: leverageIndex.value,
  };
}
