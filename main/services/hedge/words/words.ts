import type { Shock } from '../../../domain/scenario.ts';
import type { Candidate } from '../proposals/candidates.ts';
import type { HedgeBook } from '../hedge-book.ts';

/** 1234567.5 → '1,234,567.5'. */
export function groupedText(decimal: string): string {
  const [whole = '0', part] = decimal.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

/** 418_000 → '0.42 M', 41_800 → '41.8 k', 250 → '250'; USD are said by the sentence around it. */
export function moneyText(usd: number): string {
  const size = Math.abs(usd);
  const sign = usd < 0 ? '−' : '';
  if (size >= 99_950) return `${sign}${(size / 1e6).toFixed(2)} M`;
  if (size >= 999.5) return `${sign}${(size / 1e3).toFixed(1)} k`;
  return `${sign}${size.toFixed(0)}`;
}

/** −0.18 → '−18 %', with as few decimals as the value needs. */
export function percentText(fraction: number, decimals = 0): string {
  const text = (Math.abs(fraction) * 100).toFixed(decimals);
  return `${fraction < 0 ? '−' : ''}${text} %`;
}

const numberWords = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve'];

/** 6 → 'Six'; above twelve the figure. */
export function countText(count: number): string {
  return numberWords[count] ?? String(count);
}

/** 'A', 'A and B', 'A, B and C'. */
export function listText(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** 'ETH −18 %, BTC −14 %, volatility +35 points'; 'the market as it is' where nothing moves. */
export function shockText(shock: Shock): string {
  const parts = Object.entries(shock.moves)
    .filter(([, move]) => Math.abs(move) >= 0.0005)
    .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]))
    .map(
      ([driver, move]) =>
        `${driver} ${move > 0 ? '+' : '−'}${(Math.abs(move) * 100).toFixed(Math.abs(move * 100 - Math.round(move * 100)) < 0.05 ? 0 : 1)} %`,
    );
  const points = Math.round(shock.volatilityShift * 100);
  if (points !== 0) parts.push(`volatility ${points > 0 ? '+' : '−'}${Math.abs(points)} points`);
  return parts.length === 0 ? 'the market as it is' : parts.join(', ');
}

/** 'Repay 900,000 USDC on MRP-1', 'Buy 120 BTC-27MAR26-55000-P on DRB-MAIN'. */
export function legTitle(book: HedgeBook, candidate: Candidate, quantity: string): string {
  const amount = groupedText(quantity);
  const account = candidate.target.accountId;
  const paid = payerAsset(book, candidate);
  const asset = candidate.assetId ?? '';
  const bought = paid === asset ? '' : ` with ${paid}`;
  switch (candidate.kind) {
    case 'repay':
      return `Repay ${amount} ${asset} on ${account}${bought}`;
    case 'topUp':
      return `Add ${amount} ${asset} to ${account}${bought}`;
    case 'transfer':
      return `Move ${amount} ${asset} to ${account}${bought}`;
    case 'deleverage':
      return `Repay ${amount} ${asset} on ${account} out of its ${paid}`;
    case 'withdraw':
      return `Withdraw ${amount} ${asset} from ${candidate.payer.accountId} to ${account}`;
    case 'switchCollateral':
      return `Hold ${amount} ${asset} on ${account} instead of ${paid}`;
    case 'switchDebt':
      return `Owe ${paid} on ${account} instead of ${amount} ${asset}`;
    case 'migrate':
      return `Move ${amount} ${asset} of debt and its collateral from ${account} to ${candidate.payer.accountId}`;
    case 'trade': {
      const name = book.instrument(candidate.target.instrumentId)?.name ?? candidate.target.instrumentId;
      return `${candidate.side === 'buy' ? 'Buy' : 'Sell'} ${amount} ${name} on ${account}`;
    }
  }
}

/** 'Custody → Morpho', or the venue of a trade. */
export function legRoute(book: HedgeBook, candidate: Candidate): string {
  const to = book.venueOf(candidate.target.accountId)?.name ?? candidate.target.accountId;
  const from = book.venueOf(candidate.payer.accountId)?.name ?? candidate.payer.accountId;
  if (from === to) return to;
  // A loan that moves is repaid at its target and drawn by what pays.
  return candidate.kind === 'migrate' ? `${to} → ${from}` : `${from} → ${to}`;
}

/** Asset that pays for a candidate. */
export function payerAsset(book: HedgeBook, candidate: Candidate): string {
  const instrument = book.instrument(candidate.payer.instrumentId);
  return instrument !== undefined && 'assetId' in instrument ? instrument.assetId : candidate.payer.instrumentId;
}
