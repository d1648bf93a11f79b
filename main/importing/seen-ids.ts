/** Words of a fingerprint: 96 bits make an accidental collision among a million ids less likely than 1 in 10^16. */
const WORDS = 3;
const SLOT_WORDS = WORDS + 1;

/**
 * Remembers on which line an id was first seen. A fingerprint and a line number per id instead of the text: 16 bytes a slot, so
 * that a million ids take 32 MiB and not a quarter of a gigabyte.
 */
export class SeenIds {
  #slots: Uint32Array;
  #mask: number;
  #count = 0;
  readonly #key = new Uint32Array(WORDS);

  constructor() {
    this.#mask = 1023;
    this.#slots = new Uint32Array((this.#mask + 1) * SLOT_WORDS);
  }

  /** The line on which the id was first seen, or null, in which case it is now remembered with `line` (≥ 1). */
  firstLine(id: string, line: number): number | null {
    if (this.#count * 2 > this.#mask) this.#grow();
    fingerprint(id, this.#key);
    const slot = this.#find(this.#key, 0);
    const known = this.#slots[slot + WORDS] ?? 0;
    if (known !== 0) return known;
    this.#slots.set(this.#key, slot);
    this.#slots[slot + WORDS] = line;
    this.#count += 1;
    return null;
  }

  #find(key: Uint32Array, at: number): number {
    for (let index = (key[at] ?? 0) & this.#mask; ; index = (index + 1) & this.#mask) {
      const slot = index * SLOT_WORDS;
      if (this.#slots[slot + WORDS] === 0) return slot;
      if (this.#slots[slot] === key[at] && this.#slots[slot + 1] === key[at + 1] && this.#slots[slot + 2] === key[at + 2]) return slot;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#mask = this.#mask * 2 + 1;
    this.#slots = new Uint32Array((this.#mask + 1) * SLOT_WORDS);
    for (let slot = 0; slot < old.length; slot += SLOT_WORDS) {
      if (old[slot + WORDS] !== 0) this.#slots.set(old.subarray(slot, slot + SLOT_WORDS), this.#find(old, slot));
    }
  }
}

/** Three differently started multiply-and-mix hashes over the UTF-16 units. */
function fingerprint(id: string, into: Uint32Array): void {
  let a = 0x811c9dc5 ^ id.length;
  let b = 0x9e3779b9;
  let c = 0x85ebca6b;
  for (let place = 0; place < id.length; place += 1) {
    const unit = id.charCodeAt(place);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0xcc9e2d51) + 0x1b873593;
    c = Math.imul(c + unit, 0x27d4eb2f) ^ (c >>> 15);
  }
  into[0] = mix(a);
  into[1] = mix(b);
  into[2] = mix(c);
}

function mix(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
