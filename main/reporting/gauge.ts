import type { AccountState } from '../contract/cell.ts';
import { ink } from './palette.ts';

const WIDTH = 96;
const HEIGHT = 11;
/** The right end of the axis. */
const FURTHEST = 0.5;

type GaugeInput = {
  readonly jointMove: number | null;
  readonly afterMove: number | null;
  readonly aloneMove: number | null;
  readonly state: AccountState;
  /** Size of the reference shock on the common axis; ticks at it and at 1.2 times it. */
  readonly referenceMove: number;
};

/** The coupling gauge from 0 to −50 %: diamond joint, ring alone, triangle after the hedge, arrow where it never falls. */
export function couplingGauge(input: GaugeInput): string {
  const middle = HEIGHT / 2;
  const parts = [`<path d="M0 ${middle}H${WIDTH}" stroke="${ink.lineStrong}" stroke-width="1"/>`];
  for (const limit of [input.referenceMove, input.referenceMove * 1.2]) {
    parts.push(`<path d="M${at(limit)} 1V${HEIGHT - 1}" stroke="${ink.lineStrong}" stroke-width="1"/>`);
  }
  const joint = at(input.jointMove);
  const colour = ink[input.state];
  if (input.afterMove !== null || input.jointMove !== null) {
    const after = at(input.afterMove ?? input.jointMove);
    parts.push(`<path d="M${Math.min(joint, after)} ${middle}H${Math.max(joint, after)}" stroke="${ink.accent}" stroke-width="1.6"/>`);
    parts.push(`<path d="M${after - 3} ${middle - 3.4}L${after + 3} ${middle}L${after - 3} ${middle + 3.4}Z" fill="${ink.accent}"/>`);
  }
  if (input.aloneMove !== null)
    parts.push(`<circle cx="${at(input.aloneMove)}" cy="${middle}" r="2.6" fill="#ffffff" stroke="${ink.text3}" stroke-width="1"/>`);
  if (input.jointMove !== null) {
    parts.push(
      `<path d="M${joint} ${middle - 4}L${joint + 4} ${middle}L${joint} ${middle + 4}L${joint - 4} ${middle}Z" fill="${colour}"/>`,
    );
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${parts.join('')}</svg>`;
}

function at(move: number | null): number {
  const share = move === null ? 1 : Math.min(1, Math.max(0, Math.abs(move) / FURTHEST));
  return Math.round((5 + share * (WIDTH - 10)) * 100) / 100;
}
