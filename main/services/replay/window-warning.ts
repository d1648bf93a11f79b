import type { ReplayResult, ReplayStep, WarningStudy } from '../../contract/replay.ts';
import { findWarnings } from '../../engine/risk/early-warning.ts';
import { figure } from '../analysis/words.ts';
import type { BareReplay } from './replay-book.ts';

const HOUR_MS = 3_600_000;
/** Hours the index has to stay below its level before it warns again within a window. */
const QUIET_HOURS = 24;

/** Marks where the index of a window reaches the level that the study chose; without a study the level is refused by name. */
export function withWarning(bare: BareReplay, study: WarningStudy | null): Omit<ReplayResult, 'runId'> {
  const level = study?.index.level ?? {
    reason: 'notFound' as const,
    message: 'the study of daily prices, which chooses the level, has not been run on this book',
    remedy: 'Run replay.warnings.',
  };
  const signal = Float64Array.from(bare.steps, (step) => (typeof step.index === 'number' ? step.index : NaN));
  const quiet = Math.ceil((QUIET_HOURS * 60) / bare.stepMinutes);
  const begun = new Set(typeof level === 'number' ? findWarnings(signal, level, quiet) : []);
  const steps = bare.steps.map((step, s): ReplayStep => ({ ...step, isWarning: begun.has(s) }));
  const lowMs = Date.parse(bare.lowAt);
  const first = steps.find((step) => step.isWarning && Date.parse(step.at) <= lowMs) ?? null;
  const leadHours = first === null ? null : (lowMs - Date.parse(first.at)) / HOUR_MS;
  const warning = { level, firstAt: first?.at ?? null, leadHours, sentence: '' };
  return { ...bare, steps, warning: { ...warning, sentence: sentence(warning, steps) } };
}

function sentence({ level, firstAt, leadHours }: Omit<ReplayResult['warning'], 'sentence'>, steps: readonly ReplayStep[]): string {
  if (typeof level !== 'number') return `No warning can be told: ${level.message}.`;
  if (firstAt === null || leadHours === null)
    return `The index did not reach its level of ${figure(level, 1)} before the low: no warning came.`;
  const isStart = firstAt === steps[0]?.at;
  return `The index reached its level of ${figure(level, 1)} ${figure(leadHours, 1)} hours before the low${isStart ? ', on the first step of the window: it stood there already and tells nothing about this fall' : ''}.`;
}
