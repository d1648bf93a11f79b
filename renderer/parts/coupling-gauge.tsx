import type { ReactElement } from 'react';
import type { AccountState } from '../../main/contract/analysis.ts';
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

const WIDTH = 200;
const HEIGHT = 16;
const MIDDLE = HEIGHT / 2;
const INSET = 5;

/** Place on the gauge of a move, in its own units; a move beyond the end, up or never stands at the end. */
export function gaugeX(move: number | null): number {
  const share = move === null || move > 0 ? 1 : Math.min(1, move / GAUGE_END_MOVE);
  return INSET + share * (WIDTH - 2 * INSET);
}

/** What the gauge says aloud. */
export function gaugeWords(props: Pick<CouplingGaugeProps, 'name' | 'jointMove' | 'aloneMove' | 'afterMove'>): string {
  const base = `${props.name}, joint ${distanceWords(props.jointMove)}, alone ${distanceWords(props.aloneMove)}`;
  return props.afterMove === undefined ? base : `${base}, after the hedge ${distanceWords(props.afterMove)}`;
}

/** Joint against alone on one axis: the thick line between the two is what coupling costs. */
export function CouplingGauge(props: CouplingGaugeProps): ReactElement {
  const joint = gaugeX(props.jointMove);
  const alone = gaugeX(props.aloneMove);
  const ticks = [props.referenceMove, props.referenceMove * WATCH_MULTIPLE].map(gaugeX);
  const isNeverAlone = props.aloneMove === null || props.aloneMove < GAUGE_END_MOVE;
  return (
    <svg className={`gauge gauge-${props.state}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={gaugeWords(props)}>
      <line className="gauge-axis" x1={INSET} x2={WIDTH - INSET} y1={MIDDLE} y2={MIDDLE} />
      {ticks.map((x, index) => (
        <line key={index} className="gauge-tick" x1={x} x2={x} y1={3} y2={HEIGHT - 3} />
      ))}
      {props.afterMove !== undefined ? <After from={joint} to={gaugeX(props.afterMove)} /> : <line className="gauge-cost" x1={joint} x2={alone} y1={MIDDLE} y2={MIDDLE} />}
      {props.afterMove === undefined && (isNeverAlone ? <path className="gauge-never" d={`M${alone - 4} ${MIDDLE - 4} L${alone} ${MIDDLE} L${alone - 4} ${MIDDLE + 4}`} /> : <circle className="gauge-alone" cx={alone} cy={MIDDLE} r={3.5} />)}
      {props.jointMove !== null && <path className="gauge-joint" d={`M${joint - 4.5} ${MIDDLE} L${joint} ${MIDDLE - 4.5} L${joint + 4.5} ${MIDDLE} L${joint} ${MIDDLE + 4.5} Z`} />}
    </svg>
  );
}

function After({ from, to }: { readonly from: number; readonly to: number }): ReactElement {
  const back = to >= from ? -5 : 5;
  return (
    <>
      <line className="gauge-after" x1={from} x2={to} y1={MIDDLE} y2={MIDDLE} />
      <path className="gauge-after-head" d={`M${to + back} ${MIDDLE - 4} L${to} ${MIDDLE} L${to + back} ${MIDDLE + 4} Z`} />
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
