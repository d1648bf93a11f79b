import type { LegLatency } from '../../../contract/hedge-latency.ts';
import type { RecordedMoves } from '../../../domain/system.ts';
import { latencyOf } from '../../../engine/hedge/packed-candidate.ts';
import type { Candidate } from '../proposals/candidates.ts';
import type { Setting } from '../setting.ts';
import { listText, percentText } from '../words/words.ts';
import { recordedMinutes } from './earliest-arrival.ts';
import { venuesWithoutTerms } from './leg-latency.ts';

/** When a leg arrives and where that counts; undefined where nothing is known of latencies. */
export function legLatencyOf(
  setting: Setting,
  candidate: Candidate,
  effect: { readonly costUsd: number; readonly reductionUsd: number },
): { readonly latency?: LegLatency } {
  if (setting.timing.transferTerms === undefined) return {};
  const minutes = latencyOf(candidate);
  const { costUsd, reductionUsd } = effect;
  return {
    latency: {
      minutes,
      text: minutes === 0 ? 'Done at once.' : arrivalWords(setting, candidate, minutes),
      reductionPerUsd: costUsd > 0 ? reductionUsd / costUsd : null,
      reductionPerHourUsd: minutes > 0 ? (60 * reductionUsd) / minutes : null,
    },
  };
}

function arrivalWords({ shocks, timing, book }: Setting, candidate: Candidate, minutes: number): string {
  const { moves, noticeMinutes } = timing;
  const from = candidate.isAwaited === true ? 'Waits for what is sent or sold first and arrives' : 'Arrives';
  const arrives = `${from} within ${minutesText(minutes)}`;
  if (noticeMinutes !== undefined) {
    const notice = `the shock, which is taken to come after ${minutesText(noticeMinutes)}`;
    return minutes <= noticeMinutes ? `${arrives}, before ${notice}.` : `${arrives}, after ${notice}: it keeps nobody alive.`;
  }
  const inTime = shocks.earliestMinutes.reduce((count, earliest) => count + (earliest >= minutes ? 1 : 0), 0);
  if (inTime === 0) return `${arrives}, later than every scenario may come: it keeps nobody alive.`;
  const ways = moves === undefined ? [] : countedWays(moves, leadDriver(book.set.reference.moves), minutes);
  const counts = ways.length === 0 ? 'counts' : `counts from ${listText(ways)} on`;
  return `${arrives}; ${counts}, in ${inTime} of ${shocks.earliestMinutes.length} scenarios.`;
}

/** The least falls and rises of a coin that have taken so long. */
function countedWays(moves: RecordedMoves, assetId: string, minutes: number): string[] {
  return [-1, 1].flatMap((sign) => {
    for (let percent = 1; percent <= 99; percent += 1) {
      const move = (sign * percent) / 100;
      if (recordedMinutes(moves, { assetId, move }) >= minutes) return [`${assetId} ${sign < 0 ? '' : '+'}${percentText(move)}`];
    }
    return [];
  });
}

/** The driver that moves farthest. */
function leadDriver(moves: Readonly<Record<string, number>>): string {
  return Object.entries(moves).toSorted((a, b) => Math.abs(b[1]) - Math.abs(a[1]))[0]?.[0] ?? '';
}

/** What is taken for granted about latencies, with the numbers that were used; nothing where they were not looked at. */
export function statedLatency({ book, timing, shocks }: Setting): string[] {
  const { transferTerms, moves, noticeMinutes } = timing;
  if (transferTerms === undefined) return ['Cash moves and trades are done before the shock; nothing is traded during it.'];
  const unknown = venuesWithoutTerms(book, transferTerms);
  const [lead, far] = [leadDriver(book.set.reference.moves), shocks.earliestMinutes[0] ?? 0];
  const soon =
    noticeMinutes !== undefined
      ? `every shock comes ${minutesText(noticeMinutes)} after the actions are begun, as the trader states`
      : moves === undefined
        ? 'every shock comes after that'
        : `a shock comes as soon as its largest mover has been recorded to move so far (${moves.source.split(';')[0] ?? ''}), which is ${minutesText(far)} for ${lead} ${percentText(book.set.reference.moves[lead] ?? 0)}`;
  return [
    `Trades are done before the shock; nothing is traded during it. Cash counts once it has arrived, by the slow end of what its venues took on ${transferTerms.asOf}; ${soon}. In scenarios that come sooner it has left and helps nobody, and no trade is opened with it.`,
    ...(unknown.length === 0
      ? []
      : [
          `${listText(unknown)}: no terms of transfers are known; the slowest are taken, ${minutesText(transferTerms.unknown.withdrawMinutes.high)} out and ${minutesText(transferTerms.unknown.depositMinutes.high)} in.`,
        ]),
    'Distances to a fall are those with everything arrived.',
  ];
}

/** 75 → '75 min', 180 → '3 h', 455 → '7 h 35 min'. */
export function minutesText(minutes: number): string {
  if (minutes < 120) return `${Math.round(minutes)} min`;
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
