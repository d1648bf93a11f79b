import type { ExpirySmileReport } from '../../contract/market.ts';
import { percent, table } from './table.ts';
import type { ExitCode } from './terminal.ts';
import { reportAnswer, type Desk } from './workstation.ts';

/** Prints the option chain of the active snapshot expiry by expiry, and every quote that no smile without arbitrage can meet. */
export async function showSmiles(desk: Desk): Promise<ExitCode> {
  const answer = await desk.client.call('market.smiles', {});
  return reportAnswer(desk, answer, smilesText);
}

function smilesText(smiles: readonly ExpirySmileReport[]): string {
  if (smiles.length === 0) return 'The active snapshot has no option chain.\n';
  const figures = ['Forward', 'Volatility', 'Quotes', 'Met', 'Conflicts', 'Gaps'];
  const rows = smiles.map((smile) => [
    smile.underlyingId,
    smile.expiry.slice(0, 10),
    smile.forwardUsd.toFixed(2),
    percent(smile.volatility),
    String(smile.quoted),
    String(smile.met),
    String(smile.conflicts.length),
    String(smile.gaps.length),
  ]);
  const conflicts = smiles.flatMap((smile) =>
    smile.conflicts.map(({ strike, kind }) => `  ${smile.underlyingId} ${smile.expiry.slice(0, 10)} ${strike}: ${REASONS[kind]}\n`),
  );
  return [
    table([{ heading: 'Underlying' }, { heading: 'Expiry' }, ...figures.map((heading) => ({ heading, isFigure: true }))], rows),
    ...(conflicts.length === 0 ? [] : ['\nQuotes that no smile without arbitrage can meet:\n', ...conflicts]),
  ].join('');
}

const REASONS: Readonly<Record<ExpirySmileReport['conflicts'][number]['kind'], string>> = {
  crossed: 'its bid is above its ask',
  parity: 'call and put contradict each other',
  butterfly: 'its neighbours leave no room for it',
  calendar: 'it is cheaper than an earlier expiry at the same moneyness',
};
