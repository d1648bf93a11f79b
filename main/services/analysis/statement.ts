import type { AccountResult, CascadeResult } from '../../contract/analysis.ts';
import { backingName } from './fall-causes.ts';
import type { CascadeRun } from './cascade-result.ts';
import { countWord, figure, listing, money, percent, plural, shockWords } from './words.ts';

/** Two sentences that say what the result is: who falls together and who is safe alone; and the chain that leads there. */
export type Statement = { readonly headline: string; readonly chain: string };

/** Smallest slip of a claim worth naming in the chain. */
const NOTABLE_SLIP = 0.005;

/** Builds the statement from the results alone. */
export function buildStatement(run: CascadeRun, cascade: CascadeResult, accounts: readonly AccountResult[]): Statement {
  const where = shockWords(run.inputs.shock.moves);
  const { fallen } = cascade;
  if (fallen.length === 0) return { headline: holdHeadline(where, accounts), chain: holdChain(cascade) };
  const hero = safeAlone(run, cascade);
  const count = fallen.length;
  const together =
    count === 1 ? `${fallen[0]?.accountId ?? ''} falls at ${where}` : `${countWord(count)} accounts fall together at ${where}`;
  const second =
    hero === null
      ? `The first is ${fallen[0]?.accountId ?? ''}, in round ${fallen[0]?.round ?? 1}.`
      : `${heroWords(hero)}, falls in round ${hero.round}.`;
  return { headline: `${together}. ${second}`, chain: chainWords(run, cascade, hero) };
}

type Fallen = CascadeResult['fallen'][number];

/** The fallen account that stood deepest alone beyond the shock: the one only the others bring down. Null if the shock itself takes all. */
function safeAlone({ pack, trace }: CascadeRun, { fallen }: CascadeResult): Fallen | null {
  const dragged = fallen.filter((account) => (trace.result.shockedExcessUsd[pack.accountIndex.get(account.accountId) ?? 0] ?? 0) >= 0);
  const measured = dragged.filter((account) => account.aloneMove !== null);
  const deepest = (measured.length > 0 ? measured : dragged).toSorted(
    (left, right) => Math.abs(right.aloneMove ?? 0) - Math.abs(left.aloneMove ?? 0) || right.round - left.round,
  );
  return deepest[0] ?? null;
}

function heroWords(hero: Fallen): string {
  return hero.aloneMove === null
    ? `${hero.accountId}, safe alone at any price`
    : `${hero.accountId}, safe alone to ${percent(hero.aloneMove, 1)}`;
}

function holdHeadline(where: string, accounts: readonly AccountResult[]): string {
  const judged = accounts.filter((account) => account.state !== 'none');
  const nearest = judged
    .filter((account) => account.jointMove !== null)
    .toSorted((left, right) => Math.abs(left.jointMove ?? 0) - Math.abs(right.jointMove ?? 0))[0];
  const hold =
    judged.length === 1 ? `The account holds at ${where}` : `All ${countWord(judged.length).toLowerCase()} accounts hold at ${where}`;
  return nearest === undefined
    ? `${hold}. None can be liquidated along this shock.`
    : `${hold}. The nearest is ${nearest.accountId}, at ${percent(nearest.jointMove ?? 0, 1)}.`;
}

function holdChain({ rounds }: CascadeResult): string {
  const sold = rounds.reduce((sum, round) => sum + round.crowdSoldUsd, 0);
  return sold > 0
    ? `The crowd sells ${money(sold)} USD in ${rounds.length - 1} ${plural(rounds.length - 1, 'round')}; nothing of the book is sold.`
    : 'Nothing is sold by force.';
}

/** 'The chain: MKR-A and 67 others are sold first, stETH slips 7.2 % below ETH, …, MRP-1 follows.' */
function chainWords(run: CascadeRun, cascade: CascadeResult, hero: Fallen | null): string {
  const { pack, trace } = run;
  const first = cascade.rounds.find((round) => round.round > 0);
  const fall = hero === null ? null : trace.rounds.find((round) => round.round === hero.round);
  const discounts = fall?.startDiscountFraction ?? trace.result.finalState.discountFraction;
  const losses = fall?.startLossFraction ?? trace.result.finalState.lossFraction;
  const parts: string[] = [];
  if (first !== undefined) parts.push(firstSold(first));
  const between = cascade.fallen
    .filter((account) => account.round > 1 && account !== hero && (hero === null || account.round < hero.round))
    .map((account) => account.accountId);
  pack.packed.assets.claimOrder.forEach((asset) => {
    const slip = (discounts[asset] ?? 0) - (pack.packed.initial.discountFraction[asset] ?? 0);
    if (slip >= NOTABLE_SLIP)
      parts.push(`${pack.assetIds[asset] ?? ''} slips ${percent(discounts[asset] ?? 0, 1)} below ${backingName(pack, asset)}`);
    const lost = (losses[asset] ?? 0) - (pack.packed.initial.lossFraction[asset] ?? 0);
    if (lost >= NOTABLE_SLIP) parts.push(`${pack.assetIds[asset] ?? ''} loses ${percent(lost, 1)} to bad debt`);
  });
  if (between.length > 0) parts.push(`${listing(between)} ${plural(between.length, 'falls', 'fall')}`);
  if (hero !== null && hero.round > 1) parts.push(`${hero.accountId} follows`);
  const end = cascade.hasConverged
    ? ''
    : ` It had not come to rest after ${cascade.rounds.length - 1} ${plural(cascade.rounds.length - 1, 'round')}.`;
  return `The chain: ${parts.join(', ')}.${end}`;
}

function firstSold({ fallen, crowdAccounts }: CascadeResult['rounds'][number]): string {
  if (fallen.length === 0)
    return `${figure(crowdAccounts, 0)} ${plural(crowdAccounts, 'borrower')} of the crowd ${plural(crowdAccounts, 'is', 'are')} sold first`;
  const names = crowdAccounts > 0 ? [...fallen, `${figure(crowdAccounts, 0)} ${plural(crowdAccounts, 'other')}`] : [...fallen];
  return `${listing(names)} ${plural(names.length, 'is', 'are')} sold first`;
}
