import { compareDecimal, type DecimalText } from '../../domain/decimal.ts';
import type { Failure, Result } from '../../domain/failure.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { Instant } from '../../domain/time.ts';
import type { Directory } from '../directory.ts';
import { NetPosition } from '../netting.ts';
import type { Conclusion, Nothing, PositionDraft, Rejected } from './layout-reader.ts';
import { heldIn, venueAccount, venueInstrument } from './venue-nouns.ts';

/** One trade of signed quantity. `order` breaks ties in time: a trade id as text, or ''. */
export type Trade = {
  readonly line: number;
  readonly name: string;
  readonly quantity: DecimalText;
  readonly price: DecimalText;
  readonly at: Instant;
  readonly order: string;
  /** Profit the venue booked with this trade; anything but 0 means that it closed something. */
  readonly realisedProfit: DecimalText | null;
};

/** Where a history of trades belongs. `column` names the instrument; `read` turns a name of the venue into an instrument. */
export type TradeHistory = {
  readonly accountId: string;
  readonly venueId: string;
  readonly currency: string;
  readonly column: string;
  readonly read: (name: string) => Result<Instrument>;
  readonly directory: Directory;
};

type Outcome = { readonly kind: 'position'; readonly draft: PositionDraft } | Nothing | Rejected;

/**
 * Nets a history of trades to positions, in order of time and then of trade id. The history is taken to begin flat; a profit
 * booked on a trade that by this reckoning only opened says otherwise, and is reported. Balances of coins other than those
 * traded in spot are not part of such a file and are left alone.
 */
export class TradeLedger {
  readonly #history: TradeHistory;
  readonly #trades: Trade[] = [];
  readonly #leftOut = new Map<string, number[]>();
  readonly #notices: Failure[] = [];

  constructor(history: TradeHistory) {
    this.#history = history;
  }

  add(trade: Trade): void {
    this.#trades.push(trade);
  }

  /** Remembers that a row of this instrument could not be used. */
  leaveOut(name: string, line: number): void {
    const lines = this.#leftOut.get(name);
    if (lines) lines.push(line);
    else this.#leftOut.set(name, [line]);
  }

  conclude(): Conclusion {
    const { accountId, venueId, currency, directory, column } = this.#history;
    const outcomes = new Map<string, Outcome>();
    const byName = new Map<string, Trade[]>();
    for (const trade of inOrder(this.#trades)) {
      const group = byName.get(trade.name);
      if (group) group.push(trade);
      else byName.set(trade.name, [trade]);
    }
    const account = byName.size === 0 ? null : venueAccount(accountId, { venueId, currency }, directory);
    for (const [name, trades] of byName) {
      if (account && !account.ok) outcomes.set(name, { kind: 'rejected', column, reason: account.failure.message });
      else outcomes.set(name, this.#position(name, trades));
    }
    for (const [name, lines] of this.#leftOut) {
      this.#notices.push({
        reason: 'stale',
        message: `${name}: line ${lines.slice(0, 5).join(', ')} left out; the position is without it`,
      });
    }
    return { outcomes, notices: this.#notices };
  }

  #position(name: string, trades: readonly Trade[]): Outcome {
    const { accountId, column, read, directory } = this.#history;
    const wanted = read(name);
    if (!wanted.ok) return { kind: 'rejected', column, reason: wanted.failure.message };
    const net = new NetPosition(false);
    for (const trade of trades) {
      const isOpening = net.isFlat() || net.quantity().startsWith('-') === trade.quantity.startsWith('-');
      net.trade(trade.quantity, trade.price, trade.at);
      if (isOpening && trade.realisedProfit !== null && compareDecimal(trade.realisedProfit, '0') !== 0) {
        this.#notices.push({
          reason: 'stale',
          message: `${name}: line ${trade.line} books a profit though nothing was open; earlier trades are missing`,
        });
      }
    }
    const isSpot = wanted.value.kind === 'spot';
    const quantity = net.quantity();
    if (isSpot && quantity.startsWith('-')) {
      return {
        kind: 'rejected',
        column,
        reason: `${name}: sales exceed purchases by ${quantity.slice(1)}; enter the balance as a position instead`,
      };
    }
    const held = heldIn(wanted.value, directory);
    if (net.isFlat() && held === null) return { kind: 'nothing', reason: `${name} is flat after the last trade` };
    const found = venueInstrument(wanted.value, directory);
    if ('reason' in found) return { kind: 'rejected', column, reason: found.reason };
    const draft = {
      id: held ?? `${accountId}/${found.instrument.name}`,
      accountId,
      instrumentId: found.instrument.id,
      quantity,
      entryPrice: isSpot ? null : net.entryPrice(),
      openedAt: net.openedAt(),
    };
    return { kind: 'position', draft };
  }
}

/** By time, then trade id, then file order; a file that runs from new to old is turned round first. */
function inOrder(trades: readonly Trade[]): Trade[] {
  const stamped = trades.map((trade) => ({ trade, ms: Date.parse(trade.at) }));
  const first = stamped[0];
  const last = stamped.at(-1);
  if (first && last && first.ms > last.ms) stamped.reverse();
  stamped.sort((a, b) => a.ms - b.ms || compareIds(a.trade.order, b.trade.order));
  return stamped.map((entry) => entry.trade);
}

/** Ids may be longer than a float64 holds exactly: the shorter text is the smaller number. */
function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
