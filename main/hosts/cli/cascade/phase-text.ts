import type { PhaseMap } from '../../../contract/phase-map.ts';
import type { Shock } from '../../../domain/scenario.ts';
import { percent, ratio, table } from '../table.ts';
import type { ExitCode } from '../terminal.ts';
import { reportAnswer, type Desk } from '../workstation.ts';

/** What a phase map may be asked for in place of the reference shock and the usual level. */
export type PhaseWish = { readonly shock?: Shock['moves']; readonly level?: number };

/** `phase`: cascades over shock size and thinning, and where they begin to feed on themselves. */
export async function showPhases(desk: Desk, { shock, level }: PhaseWish): Promise<ExitCode> {
  const answer = await desk.client.call('analysis.phaseMap', {
    ...(shock === undefined ? {} : { shock: { moves: shock, volatilityShift: 0 } }),
    ...(level === undefined ? {} : { amplificationLevel: level }),
  });
  return reportAnswer(desk, answer, phaseText);
}

function phaseText(map: PhaseMap): string {
  const shown = map.scales.flatMap((_, x) => (x % 2 === 1 || x === map.scales.length - 1 ? [x] : []));
  const columns = [{ heading: 'Depth gone' }, ...shown.map((x) => ({ heading: percent(map.leadMoves[x] ?? 0), isFigure: true }))];
  const rows = map.thinnings.map((thinning, y) => [
    percent(thinning),
    ...shown.map(
      (x) =>
        `${map.accountsFallen[y]?.[x] ?? 0}${'*'.repeat(Math.min(1, map.fallenOnlyJointly[y]?.[x] ?? 0))} ${ratio(map.lossAmplification[y]?.[x])}`,
    ),
  ]);
  const crossings = map.crossings.map((row) => [
    percent(row.thinningFraction),
    moveAt(map, row.firstOnlyJointScale),
    moveAt(map, row.amplifiedScale),
  ]);
  return [
    `Accounts that fall (* some of them only because others sell) and loss amplification, by the move of ${map.leadDriver} and the depth gone.\n\n`,
    table(columns, rows),
    '\n',
    table(
      [
        { heading: 'Depth gone' },
        { heading: `First falls only jointly at ${map.leadDriver}`, isFigure: true },
        { heading: `Amplified ${ratio(map.amplificationLevel)} × at ${map.leadDriver}`, isFigure: true },
      ],
      crossings,
    ),
  ].join('');
}

/** Move of the lead driver at a size of the shock; 'not here' where the map has no crossing. */
function moveAt(map: PhaseMap, scale: number | null): string {
  return scale === null ? 'not here' : percent(Math.max(-0.999, scale * (map.shock.moves[map.leadDriver] ?? 0)));
}
