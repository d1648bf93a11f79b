import { Decimal } from 'decimal.js';
import type { DecimalText } from '../domain/decimal.ts';
import type { Instant } from '../domain/time.ts';

const Exact = Decimal.clone({ precision: 120, toExpNeg: -400, toExpPos: 400 });
/** Digits of an average that does not end; a sum of trades at one price is exact. */
const AVERAGE_DIGITS = 34;

/**
 * A position built up from trades. Quantity is the exact sum. The average entry price follows one rule: a trade that adds to the
 * position averages in, one that reduces it leaves the average, one that crosses zero starts anew at its own price.
 * Linear: average = Σ q·p / Σ q. Inverse (quantity in dollars, profit in coin): average = Σ q / Σ (q / p).
 * Computed with 120 digits, stored with at most 34 significant ones. An average once unknown stays so until the position is flat.
 */
export class NetPosition {
  #quantity = new Exact(0);
  /** null = unknown. Meaningless while flat. */
  #average: Decimal | null = null;
  #openedAt: Instant | null = null;
  readonly #isInverse: boolean;

  constructor(isInverse: boolean) {
    this.#isInverse = isInverse;
  }

  /** Quantity held before any known trade, at an unknown price. */
  startFrom(quantity: DecimalText): void {
    this.#quantity = new Exact(quantity);
    this.#average = null;
    this.#openedAt = null;
  }

  /** A trade of signed quantity; price null = not known. */
  trade(quantity: DecimalText, price: DecimalText | null, at: Instant | null): void {
    const change = new Exact(quantity);
    if (change.isZero()) return;
    const before = this.#quantity;
    const after = before.plus(change);
    if (before.isZero() || (before.isNegative() !== after.isNegative() && !after.isZero())) {
      this.#average = price === null ? null : new Exact(price);
      this.#openedAt = at;
    } else if (before.isNegative() === change.isNegative()) {
      this.#average =
        price === null || this.#average === null ? null : this.#blend(before, this.#average, { change, price: new Exact(price) });
    }
    this.#quantity = after;
    if (after.isZero()) this.#openedAt = null;
  }

  /** The venue has paid the profit so far into the balance: the position goes on from the settlement price. */
  settle(price: DecimalText | null): void {
    if (!this.#quantity.isZero()) this.#average = price === null ? null : new Exact(price);
  }

  /** The contract has expired. */
  close(): void {
    this.#quantity = new Exact(0);
    this.#openedAt = null;
  }

  /** The exact quantity, signed. */
  quantity(): DecimalText {
    return plain(this.#quantity);
  }

  isFlat(): boolean {
    return this.#quantity.isZero();
  }

  /** The average entry price; null when flat or unknown. */
  entryPrice(): DecimalText | null {
    if (this.#average === null || this.isFlat()) return null;
    const exact = this.#average.toFixed();
    return exact.length <= AVERAGE_DIGITS ? exact : this.#average.toSignificantDigits(AVERAGE_DIGITS).toFixed().slice(0, 60);
  }

  /** When the position was last opened from flat; null when flat or unknown. */
  openedAt(): Instant | null {
    return this.#openedAt;
  }

  #blend(held: Decimal, average: Decimal, trade: { change: Decimal; price: Decimal }): Decimal | null {
    const { change, price } = trade;
    const total = held.plus(change);
    if (!this.#isInverse) return held.times(average).plus(change.times(price)).dividedBy(total);
    if (average.isZero() || price.isZero()) return null;
    return total.dividedBy(held.dividedBy(average).plus(change.dividedBy(price)));
  }
}

/** `after` − `before`, exactly. */
export function differenceOf(after: DecimalText, before: DecimalText): DecimalText {
  return plain(new Exact(after).minus(before));
}

/** |a| = |b|, exactly. */
export function isSameSize(a: DecimalText, b: DecimalText): boolean {
  return new Exact(a).abs().equals(new Exact(b).abs());
}

function plain(value: Decimal): DecimalText {
  return value.isZero() ? '0' : value.toFixed();
}
