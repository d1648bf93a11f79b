import type { DecimalText } from '../../domain/decimal.ts';
import type { Failure } from '../../domain/failure.ts';
import type { Instant } from '../../domain/time.ts';
import { deribitInstrument } from '../../domain/venue-symbol.ts';
import type { Directory } from '../directory.ts';
import { differenceOf, isSameSize, NetPosition } from '../netting.ts';
import type { Conclusion, Nothing, PositionDraft, Rejected } from './layout-reader.ts';
import { heldIn, venueAccount, venueInstrument } from './venue-nouns.ts';

/** Key of the rows that move only the coin balance. */
export const BALANCE_KEY = '';

/** One entry of the log. `name` is '' for an entry of the balance alone; `position` is the one after the entry. */
export type DeribitEntry = {
  readonly line: number;
  readonly sequence: bigint;
  readonly name: string;
  readonly type: string;
  /** 'buy' or 'sell' as the column Side says; '' for other entries. */
  readonly side: 'buy' | 'sell' | '';
  readonly amounts: readonly (DecimalText | null)[];
  readonly position: DecimalText | null;
  readonly price: DecimalText | null;
  readonly balance: DecimalText | null;
  readonly at: Instant;
};

type Outcome = { readonly kind: 'position'; readonly draft: PositionDraft } | Nothing | Rejected;

/** Collects the entries of a log and turns them into positions and a coin balance once all are there. */
export class DeribitLedger {
  readonly #accountId: string;
  readonly #currency: string;
  readonly #directory: Directory;
  readonly #entries: DeribitEntry[] = [];
  readonly #leftOut = new Map<string, number[]>();
  readonly #notices: Failure[] = [];

  constructor(input: { accountId: string; currency: string; directory: Directory }) {
    this.#accountId = input.accountId;
    this.#currency = input.currency;
    this.#directory = input.directory;
  }

  add(entry: DeribitEntry): void {
    this.#entries.push(entry);
  }

  /** Remembers that a row of this instrument could not be used. */
  leaveOut(name: string, line: number): void {
    const lines = this.#leftOut.get(name);
    if (lines) lines.push(line);
    else this.#leftOut.set(name, [line]);
  }

  conclude(): Conclusion {
    const outcomes = new Map<string, Outcome>();
    this.#entries.sort((a, b) => (a.sequence < b.sequence ? -1 : a.sequence > b.sequence ? 1 : 0));
    const byName = new Map<string, DeribitEntry[]>();
    for (const entry of this.#entries) {
      const group = byName.get(entry.name);
      if (group) group.push(entry);
      else byName.set(entry.name, [entry]);
    }
    const account = venueAccount(this.#accountId, { venueId: 'deribit', currency: this.#currency }, this.#directory);
    for (const [name, entries] of byName) {
      if (!account.ok) outcomes.set(name, { kind: 'rejected', column: 'Instrument', reason: account.failure.message });
      else if (name !== BALANCE_KEY) outcomes.set(name, this.#position(name, entries));
    }
    if (account.ok) outcomes.set(BALANCE_KEY, this.#balance());
    for (const [name, lines] of this.#leftOut) {
      this.#notices.push({
        reason: 'stale',
        message: `${name}: line ${lines.slice(0, 5).join(', ')} left out; the position may be another by now`,
      });
    }
    return { outcomes, notices: this.#notices };
  }

  #position(name: string, entries: readonly DeribitEntry[]): Outcome {
    const wanted = deribitInstrument(name);
    if (!wanted.ok) return { kind: 'rejected', column: 'Instrument', reason: wanted.failure.message };
    const isOption = wanted.value.kind === 'option';
    const net = new NetPosition(!isOption && 'settlement' in wanted.value && wanted.value.settlement === 'inverse');
    let isFirst = true;
    for (const entry of entries) {
      this.#apply(net, entry, { isFirst, isSettledDaily: !isOption });
      isFirst = false;
    }
    const held = heldIn(wanted.value, this.#directory);
    if (net.isFlat() && held === null) return { kind: 'nothing', reason: `${name} is flat after the last entry` };
    const found = venueInstrument(wanted.value, this.#directory);
    if ('reason' in found) return { kind: 'rejected', column: 'Instrument', reason: found.reason };
    const draft = {
      id: held ?? `${this.#accountId}/${name}`,
      accountId: this.#accountId,
      instrumentId: found.instrument.id,
      quantity: net.quantity(),
      entryPrice: net.entryPrice(),
      openedAt: net.openedAt(),
    };
    return { kind: 'position', draft };
  }

  #apply(net: NetPosition, entry: DeribitEntry, { isFirst, isSettledDaily }: { isFirst: boolean; isSettledDaily: boolean }): void {
    const { type, price, at, name, line } = entry;
    const after = type === 'delivery' ? '0' : (entry.position ?? net.quantity());
    const isTrade = type === 'trade' || type === 'liquidation' || type === 'position move';
    const change = differenceOf(after, net.quantity());
    const isItsWay = entry.side === '' || (entry.side === 'sell') === change.startsWith('-');
    const isWhole = isItsWay && entry.amounts.some((amount) => amount !== null && isSameSize(amount, change));
    if (isTrade && isWhole) net.trade(change, price, at);
    else if (type === 'delivery') net.close();
    else if (change !== '0') {
      net.startFrom(after);
      const what = isFirst
        ? `held before line ${line}, the first entry in this file`
        : `line ${line}: the position is ${after} where the entries before it lead elsewhere; rows are missing`;
      const isSettled = isSettledDaily && type === 'settlement' && price !== null;
      if (!isSettled) this.#notices.push({ reason: 'stale', message: `${name}: ${what}; its entry price is not known` });
    }
    if (type === 'settlement' && isSettledDaily) net.settle(price);
  }

  #balance(): Outcome {
    const last = this.#entries.findLast((entry) => entry.balance !== null);
    const found = venueInstrument(
      { kind: 'spot', id: `spot:${this.#currency}`, name: this.#currency, venueId: null, assetId: this.#currency },
      this.#directory,
    );
    if ('reason' in found) return { kind: 'rejected', column: 'Balance', reason: found.reason };
    const held = this.#directory.heldPosition(found.instrument.id);
    const balance = last?.balance ?? '0';
    if (Number(balance) === 0 && held === null) return { kind: 'nothing', reason: 'the balance is 0 after the last entry' };
    const draft = {
      id: held ?? `${this.#accountId}/${this.#currency}`,
      accountId: this.#accountId,
      instrumentId: found.instrument.id,
      quantity: balance,
      entryPrice: null,
      openedAt: null,
    };
    return { kind: 'position', draft };
  }
}
