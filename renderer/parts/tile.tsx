import type { ReactElement, ReactNode } from 'react';
import type { AccountState } from '../../main/contract/cell.ts';
import { Explain } from './explain.tsx';
import { StateMark } from './state-mark.tsx';

export type TileProps = {
  readonly label: string;
  /** Marked only when it is not safe. */
  readonly state?: AccountState;
  readonly value: string;
  readonly unit?: string;
  /** Third line: what it compares with. */
  readonly comparison?: ReactNode;
  /** Metric and subject for the explanation. */
  readonly metric?: string;
  readonly subjectId?: string;
  readonly isStale?: boolean;
};

/** One figure with its label and its comparison. Tiles share one panel with hairlines between them. */
export function Tile(props: TileProps): ReactElement {
  const value = <span className={props.isStale === true ? 'tile-value stale-value' : 'tile-value'}>{props.value}</span>;
  return (
    <div className="tile">
      <div className="tile-label">
        {props.state !== undefined && props.state !== 'safe' && props.state !== 'none' && <StateMark state={props.state} />}
        {props.label}
      </div>
      <div className="tile-line">
        {props.metric === undefined ? (
          value
        ) : (
          <Explain metric={props.metric} {...(props.subjectId === undefined ? {} : { subjectId: props.subjectId })}>
            {value}
          </Explain>
        )}
        {props.unit !== undefined && <span className="tile-unit">{props.unit}</span>}
      </div>
      <div className="tile-comparison">{props.comparison}</div>
    </div>
  );
}

/** A row of tiles with hairlines. */
export function Tiles({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className="tiles">{children}</div>;
}
