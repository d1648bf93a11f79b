import type { StagedTicket } from '../../../contract/blotter-stage.ts';
import { listText } from '../../hedge/words/words.ts';

const words = [
  ['make', 'new'],
  ['change', 'changed'],
  ['cancel', 'cancelled'],
  ['renew', 'renewed'],
] as const;

/** One sentence: which tickets are touched, and who is kept alive by it. */
export function stageStatement(
  tickets: readonly StagedTicket[],
  {
    isInLine,
    falls,
    stagedFalls,
  }: { readonly isInLine: boolean; readonly falls: readonly string[]; readonly stagedFalls: readonly string[] },
): string {
  const count = (action: StagedTicket['action']): number => tickets.filter((ticket) => ticket.action === action).length;
  const stays = count('keep');
  if (isInLine)
    return tickets.length === 0
      ? 'Nothing is to be done, and nothing is open in the blotter.'
      : `The blotter is in line with what would be suggested now: ${plural(stays, 'ticket stays as it is', 'tickets stay as they are')}.`;
  const parts = words.flatMap(([action, word]) => (count(action) === 0 ? [] : [`${count(action)} ${word}`]));
  const kept = stays === 0 ? '' : `; ${plural(stays, 'stays as it is', 'stay as they are')}`;
  const saved = falls.filter((id) => !stagedFalls.includes(id));
  const still = stagedFalls.length === 0 ? '' : ` ${listText(stagedFalls)} still ${stagedFalls.length === 1 ? 'falls' : 'fall'}.`;
  const who =
    saved.length === 0
      ? ''
      : ` ${listText(saved)} ${saved.length === 1 ? 'falls' : 'fall'} with the standing legs and ${saved.length === 1 ? 'holds' : 'hold'} with these.`;
  return `Tickets: ${listText(parts)}${kept}.${who}${still}`;
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
