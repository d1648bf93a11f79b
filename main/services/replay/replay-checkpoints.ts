import type { ReplayCheckpoint, ReplayStep } from '../../contract/replay.ts';
import { succeed, type Result } from '../../domain/failure.ts';
import { moveOrNull } from '../analysis/account-results.ts';
import { figure, listing, percent, plural } from '../analysis/words.ts';
import { cascadeRules } from '../scenarios.ts';
import { instantOf } from './account-verdicts.ts';
import { phaseOf, type Phases } from './replay-phases.ts';
import { packAt, type ReplayWork } from './run-path.ts';
import type { WindowPath } from './window-path.ts';

/** Common moves tried downward from a checkpoint: every 2 % to −80 %; brackets are narrowed by the search. */
const DOWN_MOVES = Float64Array.from({ length: 40 }, (_, i) => -(i + 1) / 50);

/** By account, the fall of the common axis that takes it, everybody reacting and nobody; NaN = none. */
export type Distances = { readonly joint: Float64Array; readonly alone: Float64Array };

/** Distances of every account at some bars, one bar after the other. */
export async function distancesAt(work: ReplayWork, path: WindowPath, bars: readonly number[]): Promise<Result<Distances[]>> {
  const { inputs, pool, context, pack } = work;
  const axis = {
    direction: Float64Array.from(pack.driverIds, (id) => inputs.scenarioSet.betas[id] ?? 0),
    volatilityPerMove: inputs.scenarioSet.volatilityPerMove,
  };
  const found: Distances[] = [];
  for (const bar of bars) {
    const { packed } = packAt(pack, path.path.close, bar);
    pool.share(packed.id, packed);
    const search = { packedId: packed.id, quantities: null, axis, moves: DOWN_MOVES };
    const pair = await pool.run(
      {
        name: 'distances',
        inputs: [
          { ...search, rules: cascadeRules(inputs.assumptions, pack) },
          { ...search, rules: null },
        ],
      },
      context.signal,
    );
    if (!pair.ok) return pair;
    context.progress('Searching distances along the window', found.length + 1, bars.length);
    found.push({ joint: pair.value[0] ?? new Float64Array(0), alone: pair.value[1] ?? new Float64Array(0) });
  }
  return succeed(found);
}

/** What checkpoints are told from; `falls` are first bars below the requirement by account, −1 = never. */
export type CheckpointInputs = {
  readonly work: ReplayWork;
  readonly path: WindowPath;
  readonly bars: readonly number[];
  readonly distances: readonly Distances[];
  readonly falls: readonly number[];
  readonly phases: Phases;
  readonly indexOf: (bar: number) => ReplayStep['index'];
};

/** At each checkpoint what the distances said, against what the rest of the window did. The later move is hindsight and is only compared. */
export function checkpointsOf(given: CheckpointInputs): ReplayCheckpoint[] {
  return given.bars.map((bar, i) =>
    checkpoint(given, bar, given.distances[i] ?? { joint: new Float64Array(0), alone: new Float64Array(0) }),
  );
}

function checkpoint({ work, path, falls, phases, indexOf }: CheckpointInputs, bar: number, { joint, alone }: Distances): ReplayCheckpoint {
  const ids = work.pack.accountIds;
  const { close, low } = path.commonMove;
  let lowBar = bar;
  let lowest = close[bar] ?? 0;
  for (let later = bar + 1; later < low.length; later += 1) {
    if ((low[later] ?? 0) >= lowest) continue;
    lowest = low[later] ?? 0;
    lowBar = later;
  }
  const laterMove = (1 + lowest) / (1 + (close[bar] ?? 0)) - 1;
  const named = (isIt: (a: number) => boolean): string[] => ids.filter((_, a) => isIt(a));
  const isGone = (a: number): boolean => (falls[a] ?? -1) >= 0 && (falls[a] ?? -1) <= bar;
  const takes = (move: number | undefined): boolean => move !== undefined && laterMove < 0 && move >= laterMove;
  const saidJointly = named((a) => !isGone(a) && takes(joint[a]));
  const fell = named((a) => (falls[a] ?? -1) > bar);
  const nearest = ids
    .map((id, a) => ({ id, move: isGone(a) ? NaN : (joint[a] ?? NaN) }))
    .filter(({ move }) => !Number.isNaN(move))
    .toSorted((left, right) => right.move - left.move)[0];
  const told = {
    below: named(isGone),
    nearestAccountId: nearest?.id ?? null,
    nearestJointMove: moveOrNull(nearest?.move),
    laterMove,
    laterLowAt: instantOf(path.endMs[lowBar] ?? 0),
    saidJointly,
    saidAlone: named((a) => !isGone(a) && takes(alone[a])),
    fell,
    falselySaid: saidJointly.filter((id) => !fell.includes(id)),
    missed: fell.filter((id) => !saidJointly.includes(id)),
  };
  return {
    at: instantOf(path.endMs[bar] ?? 0),
    phase: phaseOf(bar, phases),
    index: indexOf(bar),
    ...told,
    said: saidWords(told),
    happened: happenedWords(told),
  };
}

type Told = Pick<
  ReplayCheckpoint,
  'nearestAccountId' | 'nearestJointMove' | 'laterMove' | 'saidJointly' | 'saidAlone' | 'fell' | 'falselySaid' | 'missed'
>;

function saidWords({ nearestAccountId, nearestJointMove, laterMove, saidJointly, saidAlone }: Told): string {
  const nearest =
    nearestAccountId === null || nearestJointMove === null
      ? 'No account falls within 80 % of the common axis.'
      : `${nearestAccountId} is nearest, at ${percent(nearestJointMove, 1)} jointly.`;
  if (laterMove >= 0) return nearest;
  return `${nearest} At ${percent(laterMove, 1)}: ${saidJointly.length === 0 ? 'nobody falls' : `${listing(saidJointly)} ${plural(saidJointly.length, 'falls', 'fall')}`} together; ${figure(saidAlone.length, 0)} by ${plural(saidAlone.length, 'itself', 'themselves')}.`;
}

function happenedWords({ laterMove, fell, falselySaid, missed }: Told): string {
  const move = laterMove < 0 ? `Prices fell ${percent(-laterMove, 1)} more.` : 'Prices never fell below this again.';
  const who = fell.length === 0 ? 'Nobody else fell.' : `${listing(fell)} fell.`;
  const wrong = [
    ...(falselySaid.length > 0 ? [`${listing(falselySaid)} held against what was said.`] : []),
    ...(missed.length > 0 ? [`${listing(missed)} ${plural(missed.length, 'was', 'were')} not said.`] : []),
  ];
  return [move, who, ...wrong].join(' ');
}
