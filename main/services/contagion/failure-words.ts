import type { FailureModel, FailureResult } from '../../contract/contagion.ts';
import { listing, money, percent } from '../analysis/words.ts';
import type { FailureRun } from './run-failure.ts';

/** Name and belief of each model, in words. */
export const MODEL_WORDS: Readonly<Record<FailureModel, { readonly name: string; readonly belief: string }>> = {
  direct: { name: 'Direct', belief: 'Only what the book itself has there; nobody else is hurt.' },
  eisenbergNoe: {
    name: 'Clearing',
    belief: 'Losses beyond capital are shared by creditors; a default itself costs nothing (Eisenberg, Noe).',
  },
  rogersVeraart: { name: 'Clearing with costs', belief: 'Whoever defaults pays the recovery share of what it has left (Rogers, Veraart).' },
  debtRank: { name: 'DebtRank', belief: 'A claim falls with the debtor’s capital, before any default; the failed one is worth nothing.' },
  threshold: { name: 'Threshold', belief: 'A claim is whole until capital is gone, then worth nothing (Furfine).' },
  thresholdRecovery: {
    name: 'Threshold, recovery',
    belief: 'A claim is whole until capital is gone, then worth the recovery share (NEVA).',
  },
  fireSale: {
    name: 'Fire sale',
    belief: 'Direct loss, then prices: the failed one’s coins are sold, and leveraged holders follow (Greenwood et al.).',
  },
};

type Told = Pick<FailureResult, 'models' | 'accounts' | 'exposures' | 'fireSale' | 'nodeName'>;

/** How the failure reaches the book, nearest first; the severe end of what is not known. */
export function pathWords(run: FailureRun, told: Told): string[] {
  const { outcome } = run.results.severe.eisenbergNoe;
  const name = told.nodeName;
  const steps = [`${name} fails and pays ${percent(run.recoveryFraction)} of what it owes.`];
  const hit = told.accounts
    .map((row) => ({ row, loss: amount(row.lossUsd.direct.high) }))
    .filter(({ loss }) => loss > 0)
    .toSorted((left, right) => right.loss - left.loss);
  steps.push(
    hit.length === 0
      ? `No account has anything there: the direct loss is nothing.`
      : `Directly ${listing(hit.slice(0, 4).map(({ row, loss }) => `${row.accountId} loses ${money(loss)}`))}${hit.length > 4 ? `, and ${hit.length - 4} more ${hit.length === 5 ? 'loses' : 'lose'} less` : ''}.`,
  );
  const tokens = tokenWords(run);
  if (tokens !== null) steps.push(tokens);
  run.around.institutions.forEach((each, i) => {
    const uncovered = outcome.uncoveredUsd[i] ?? 0;
    if (uncovered > 0)
      steps.push(
        `The recorded borrowers at ${each.name} no longer cover ${money(uncovered)}; its capital is taken as ${money(each.capitalUsd.low)}.`,
      );
  });
  outcome.payRatio.forEach((ratio, i) => {
    if (ratio < 1 && i !== run.failed) steps.push(`${run.around.institutions[i]?.name ?? ''} then pays ${percent(ratio)} of what it owes.`);
  });
  for (const { assetId, beforeUsd, afterUsd } of told.exposures) {
    if (Math.abs(afterUsd - beforeUsd) > 1) {
      steps.push(`What lies there no longer counts: exposure to ${assetId} goes from ${money(beforeUsd)} to ${money(afterUsd)}.`);
    }
  }
  const moves = told.fireSale.moves.filter(({ bySales, byDeleveraging }) => bySales + byDeleveraging < -5e-4);
  if (moves.length > 0) {
    steps.push(
      `At the severe end sales move ${listing(moves.map((move) => `${move.assetId} by ${percent(move.bySales + move.byDeleveraging, 1)}`))}.`,
    );
  }
  const open = told.accounts.filter((row) => typeof row.excessUsd === 'number' && row.excessUsd < 0);
  if (open.length > 0) steps.push(`At the new prices ${listing(open.map(({ accountId }) => accountId))} can be liquidated.`);
  return steps;
}

/** Tokens whose price falls by the failure, through everything they back. */
function tokenWords({ around, pack, failed, recoveryFraction, inputs }: FailureRun): string | null {
  const issued = inputs.contents.assets.filter((_, i) => around.ties.issuerInstitution[i] === failed).map(({ id }) => id);
  if (issued.length === 0) return null;
  const { assets } = pack.packed;
  const reached = new Set(issued);
  for (let changed = true; changed;) {
    changed = false;
    inputs.contents.assets.forEach((asset) => {
      if (reached.has(asset.id) || !asset.backing.some(({ assetId }) => reached.has(assetId))) return;
      reached.add(asset.id);
      changed = true;
    });
  }
  const behind = [...reached].filter((id) => !issued.includes(id) && assets.count > 0);
  const more = behind.length === 0 ? '' : `, and through it ${listing(behind)}`;
  return `${listing(issued)} falls to ${percent(recoveryFraction)} of its price${more}.`;
}

/** Where the models disagree, and why. Compares the severe ends. */
export function disagreementWords(told: Pick<Told, 'models' | 'nodeName'>, recoveryFraction: number): string[] {
  const loss = (id: FailureModel): number => amount(told.models.find((model) => model.id === id)?.lossUsd.high);
  const says = (id: FailureModel): string => `${MODEL_WORDS[id].name} says ${money(loss(id))}`;
  const apart = (left: FailureModel, right: FailureModel): boolean =>
    Math.abs(loss(left) - loss(right)) > 0.01 * Math.max(1, loss(left), loss(right));
  const words: string[] = [];
  if (apart('debtRank', 'eisenbergNoe')) {
    words.push(
      `${says('debtRank')}, ${says('eisenbergNoe')}: DebtRank knows no recovery, so the failed one pays nothing, and marks other claims down with their debtor’s capital; clearing waits until the capital is gone. Read the first as the mark in a panic, the second as what is paid in the end.`,
    );
  }
  if (apart('rogersVeraart', 'eisenbergNoe')) {
    words.push(
      `${says('rogersVeraart')}, ${says('eisenbergNoe')}: somebody else defaults, and its default costs ${percent(1 - recoveryFraction)} of what it had left.`,
    );
  }
  if (apart('threshold', 'thresholdRecovery')) {
    words.push(`${says('threshold')}, ${says('thresholdRecovery')}: the difference is what is recovered after default.`);
  }
  if (apart('fireSale', 'direct')) {
    words.push(`${says('fireSale')}: it follows prices and no claims, so it adds to the others where they see nothing.`);
  }
  if (apart('eisenbergNoe', 'direct')) {
    words.push(`Clearing says ${money(loss('eisenbergNoe') - loss('direct'))} more than the direct look: that is what passes on.`);
  }
  if (words.length === 0) words.push('All models agree: nobody else’s capital is hit, so nothing passes beyond the direct loss.');
  return words;
}

function amount(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
