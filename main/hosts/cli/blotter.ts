import { resolve } from 'node:path';
import type { OutputOf } from '../../contract/contract.ts';
import { table } from './table.ts';
import { EXIT, type ExitCode } from './terminal.ts';
import { reportAnswer, reportFailure, type Desk } from './workstation.ts';

/** What `blotter fill` is asked for. */
export type FillWish = {
  readonly ticket: string;
  readonly quantity: string;
  readonly price?: string;
  readonly fee?: string;
  readonly beyondLimit?: boolean;
};

/** `blotter list`: every ticket with where it stands. */
export async function listBlotter(desk: Desk): Promise<ExitCode> {
  return reportAnswer(desk, await desk.client.call('blotter.list', {}), blotterText);
}

/** `blotter promote`: suggests hedges and makes tickets of all their legs. */
export async function promoteLegs(desk: Desk): Promise<ExitCode> {
  const hedge = await desk.client.call('hedge.suggest', {});
  if (!hedge.ok || hedge.value.legs.length === 0) return reportAnswer(desk, hedge, ({ statement }) => `${statement}\n`);
  return reportAnswer(desk, await desk.client.call('blotter.promote', { legIds: hedge.value.legs.map((leg) => leg.id) }), blotterText);
}

/** `blotter stage`: suggests hedges and brings the open tickets in line with them; with `isDryRun` only says how. */
export async function stageBlotter(desk: Desk, { isDryRun }: { readonly isDryRun: boolean }): Promise<ExitCode> {
  const hedge = await desk.client.call('hedge.suggest', {});
  if (!hedge.ok) return reportFailure(desk, hedge.failure);
  const plan = await desk.client.call('blotter.stagePlan', {});
  if (!plan.ok || isDryRun || plan.value.isInLine) return reportAnswer(desk, plan, stageText);
  const staged = await desk.client.call('blotter.stageRefresh', { stageId: plan.value.stageId });
  return reportAnswer(
    desk,
    staged,
    (blotter) => `${stageText(plan.value)}
${blotterText(blotter)}`,
  );
}

const stagedWords = { make: 'new', change: 'changed', renew: 'renewed', keep: 'as it is', cancel: 'cancelled' } as const;

function stageText({ statement, whyBands, tickets }: OutputOf<'blotter.stagePlan'>): string {
  const rows = tickets.map(({ action, title, filledQuantity, openQuantity, stagedQuantity, why }) => [
    stagedWords[action],
    title,
    filledQuantity,
    openQuantity,
    stagedQuantity,
    why,
  ]);
  const figures = ['Filled', 'Open', 'Then open'].map((heading) => ({ heading, isFigure: true }));
  return [
    `${statement}\n`,
    ...(whyBands === null ? [] : [`${whyBands}\n`]),
    ...(rows.length === 0 ? [] : [`\n${table([{ heading: 'Ticket' }, { heading: 'What' }, ...figures, { heading: 'Why' }], rows)}`]),
  ].join('');
}

/** `blotter fill`: books what was filled elsewhere. */
export async function fillTicket(desk: Desk, { ticket, quantity, price, fee, beyondLimit }: FillWish): Promise<ExitCode> {
  const answer = await desk.client.call('blotter.fill', {
    id: ticket,
    quantity,
    ...(price === undefined ? {} : { price }),
    ...(fee === undefined ? {} : { fee }),
    ...(beyondLimit === undefined ? {} : { isBeyondLimitAllowed: beyondLimit }),
  });
  return reportAnswer(desk, answer, blotterText);
}

/** `blotter export`: as CSV or JSON, to the file named or to the standard output. */
export async function exportBlotter(desk: Desk, wish: { readonly format: 'csv' | 'json'; readonly out?: string }): Promise<ExitCode> {
  const answer = await desk.client.call('blotter.export', {
    format: wish.format,
    ...(wish.out === undefined ? {} : { path: resolve(wish.out) }),
  });
  if (answer.ok && wish.out === undefined) {
    desk.terminal.write(answer.value.text);
    return EXIT.ok;
  }
  return reportAnswer(desk, answer, ({ tickets, path }) => `Wrote ${tickets} tickets to ${path ?? ''}.\n`);
}

function blotterText({ tickets }: OutputOf<'blotter.list'>): string {
  if (tickets.length === 0) return 'The blotter is empty.\n';
  const rows = tickets.map((ticket) => [
    ticket.id,
    ticket.state,
    ticket.title,
    ticket.limitPrice === null ? 'no price' : `${ticket.limitPrice} ${ticket.priceUnit}`,
    `${ticket.filledQuantity}/${ticket.quantity}`,
    ticket.expiresAt,
  ]);
  return table(
    [
      { heading: 'Ticket' },
      { heading: 'State' },
      { heading: 'What' },
      { heading: 'Limit', isFigure: true },
      { heading: 'Filled', isFigure: true },
      { heading: 'Expires' },
    ],
    rows,
  );
}
