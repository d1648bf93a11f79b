import type { FailureResult, Interval } from '../../contract/contagion.ts';
import { dollars, percent, ratio, table } from './table.ts';
import type { ExitCode } from './terminal.ts';
import { reportAnswer, type Desk } from './workstation.ts';

/** What `contagion` may be asked. */
export type FailureWish = { readonly fail?: string; readonly recovery?: number };

/** `contagion`: one institution fails; every model of what that costs, side by side, with the path in words. */
export async function failNode(desk: Desk, { fail, recovery }: FailureWish): Promise<ExitCode> {
  const answer = await desk.client.call('contagion.failure', {
    ...(fail === undefined ? {} : { nodeId: fail }),
    ...(recovery === undefined ? {} : { recoveryFraction: recovery }),
  });
  return reportAnswer(desk, answer, failureText);
}

function failureText(result: FailureResult): string {
  const models = result.models.map((model) => [
    model.name,
    between(model.lossUsd),
    between(model.passedOnUsd),
    model.hurt.map(({ name, payFraction }) => `${name} ${percent(payFraction)}`).join(', '),
  ]);
  const accounts = result.accounts
    .filter((row) => row.equityUsd !== 0)
    .map((row) => [
      row.accountId,
      row.venueName,
      dollars(row.equityUsd),
      ...(['direct', 'eisenbergNoe', 'debtRank', 'fireSale'] as const).map((model) => between(row.lossUsd[model])),
    ]);
  const holders = result.overlap.holders.map((row) => [
    row.name,
    row.share === null ? 'n/a' : ratio(row.share),
    dollars(row.indexUsd),
    dollars(row.fromCrowdUsd),
  ]);
  const nodes = result.nodes.map((node) => [node.id, node.name, dollars(node.directLossUsd), node.isAssumed ? 'bracket' : 'published']);
  return [
    `${result.nodeName} fails, ${percent(result.recoveryFraction)} recovered; the book has ${dollars(result.equityUsd)}.\n\n`,
    table([{ heading: 'Model' }, ...figures('Loss', 'Passed on'), { heading: 'Pays less' }], models),
    `\n${result.path.map((step, i) => `${i + 1}. ${step}\n`).join('')}`,
    `\n${result.disagreements.map((line) => `${line}\n`).join('')}\n`,
    table([{ heading: 'Account' }, { heading: 'Venue' }, ...figures('Equity', 'Direct', 'Clearing', 'DebtRank', 'Fire sale')], accounts),
    '\nCommon holdings (indirect contagion index):\n',
    table([{ heading: 'Holder' }, ...figures('Share', 'If all sell along it', 'If the crowd sells all')], holders),
    '\nWhat else can fail, at the same recovery:\n',
    table([{ heading: 'Name' }, { heading: '' }, ...figures('Direct loss'), { heading: 'Balance sheet' }], nodes),
    `\nBalance sheets as of ${result.systemAsOf}; ${percent(result.publishedFraction)} of direct claims are on somebody who publishes one, the rest is bracketed.\n`,
  ].join('');
}

function figures(...headings: string[]): { heading: string; isFigure: true }[] {
  return headings.map((heading) => ({ heading, isFigure: true }));
}

/** One figure where both ends round to the same, else low to high. */
function between({ low, high }: Interval): string {
  const [from, to] = [dollars(low), dollars(high)];
  return from === to ? from : `${from} to ${to}`;
}
