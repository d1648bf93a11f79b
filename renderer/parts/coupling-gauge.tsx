import type { ReactElement } from 'react';
import type { AccountState } from '../../main/contract/cell.ts';
import { distanceWords } from '../format/share.ts';

/** Left end is no move, right end is this fall; the same scale in every row of every screen. */
export const GAUGE_END_MOVE = -0.5;
/** Distance up to which an account is watched, as a multiple of the reference shock. */
export const WATCH_MULTIPLE = 1.2;

export type CouplingGaugeProps = {
  readonly name: string;
  /** Move of the common axis that liquidates it when all react; null = never. */
  readonly jointMove: number | null;
  /** The same when nobody sells; null = never. */
  readonly aloneMove: number | null;
  /** Joint move after the hedge; absent = not shown. */
  readonly afterMove?: number | null;
  readonly state: AccountState;
  /** Move of the reference shock along the axis, for the two ticks. */
  readonly referenceMove: number;
};

/** Height of the drawing and its middle, px. */
const HEIGHT = 16;
const MIDDLE = HEIGHT / 2;

/** Share of the gauge at which a move stands; a move beyond the end, up or never stands at the end. */
export function gaugeShare(move: number | null): number {
  return move === null || move > 0 ? 1 : Math.min(1, move / GAUGE_END_MOVE);
}

/** Place as SVG wants it: the ends are inset so that marks are not cut. */
function place(move: number | null): string {
  return `${2.5 + gaugeShare(move) * 95}%`;
}

/** What the gauge says aloud. */
export function gaugeWords(props: Pick<CouplingGaugeProps, 'name' | 'jointMove' | 'aloneMove' | 'afterMove'>): string {
  const base = `${props.name}, joint ${distanceWords(props.jointMove)}, alone ${distanceWords(props.aloneMove)}`;
  return props.afterMove === undefined ? base : `${base}, after the hedge ${distanceWords(props.afterMove)}`;
}

/** Joint against alone on one axis: the thick line between the two is what coupling costs. */
export function CouplingGauge(props: CouplingGaugeProps): ReactElement {
  const joint = place(props.jointMove);
  const ticks = [props.referenceMove, props.referenceMove * WATCH_MULTIPLE].map(place);
  return (
    <svg className={`gauge gauge-${props.state}`} height={HEIGHT} role="img" aria-label={gaugeWords(props)}>
      <line className="gauge-axis" x1={place(0)} x2={place(null)} y1={MIDDLE} y2={MIDDLE} />
      {ticks.map((x, index) => (
        <line key={index} className="gauge-tick" x1={x} x2={x} y1={3} y2={HEIGHT - 3} />
      ))}
      {props.afterMove === undefined ? (
        <Alone joint={joint} aloneMove={props.aloneMove} />
      ) : (
        <After joint={joint} isBetter={gaugeShare(props.afterMove) >= gaugeShare(props.jointMove)} afterMove={props.afterMove} />
      )}
      {props.jointMove !== null && (
        <svg x={joint} overflow="visible">
          <path className="gauge-joint" d={`M-4.5 ${MIDDLE} L0 ${MIDDLE - 4.5} L4.5 ${MIDDLE} L0 ${MIDDLE + 4.5} Z`} />
        </svg>
      )}
    </svg>
  );
}

function Alone({ joint, aloneMove }: { readonly joint: string; readonly aloneMove: number | null }): ReactElement {
  const isNever = aloneMove === null || aloneMove < GAUGE_END_MOVE;
  return (
    <>
      <line className="gauge-cost" x1={joint} x2={place(aloneMove)} y1={MIDDLE} y2={MIDDLE} />
      <svg x={place(aloneMove)} overflow="visible">
        {isNever ? (
          <path className="gauge-never" d={`M-4 ${MIDDLE - 4} L0 ${MIDDLE} L-4 ${MIDDLE + 4}`} />
        ) : (
          <circle className="gauge-alone" cy={MIDDLE} r={3.5} />
        )}
      </svg>
    </>
  );
}

function After({
  joint,
  afterMove,
  isBetter,
}: {
  readonly joint: string;
  readonly afterMove: number | null;
  readonly isBetter: boolean;
}): ReactElement {
  const back = isBetter ? -5 : 5;
  return (
    <>
      <line className="gauge-after" x1={joint} x2={place(afterMove)} y1={MIDDLE} y2={MIDDLE} />
      <svg x={place(afterMove)} overflow="visible">
        <path className="gauge-after-head" d={`M${back} ${MIDDLE - 4} L0 ${MIDDLE} L${back} ${MIDDLE + 4} Z`} />
      </svg>
    </>
  );
}

/** Head of a gauge column with its own scale. */
export function GaugeHead({ isAfter = false }: { readonly isAfter?: boolean }): ReactElement {
  return (
    <span className="gauge-head">
      <span>0</span>
      <span>{isAfter ? '◆ now ▶ after' : '◆ joint ○ alone'}</span>
      <span>−50 %</span>
    </span>
  );
}
