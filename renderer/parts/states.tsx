import type { ReactElement, ReactNode } from 'react';
import type { Failure } from '../../main/domain/failure.ts';
import { failureTitle } from '../format/failure.ts';
import { Button } from './button.tsx';
import { StaleMark } from './stale-mark.tsx';

export type StateAction = { readonly title: string; readonly run: () => void; readonly shortcut?: string };

/** What belongs here and how to fill it: one primary way and up to two others. */
export function EmptyState(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: readonly StateAction[];
  /** The screen's primary action stands elsewhere. */
  readonly isAside?: boolean;
}): ReactElement {
  return (
    <div className="state-box state-empty">
      <strong>{props.title}</strong>
      <p>{props.children}</p>
      {props.actions !== undefined && (
        <div className="state-actions">
          {props.actions.map((action, index) => (
            <Button
              key={action.title}
              tone={index === 0 && props.isAside !== true ? 'primary' : 'outline'}
              onClick={action.run}
              {...(action.shortcut === undefined ? {} : { shortcut: action.shortcut })}
            >
              {action.title}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

/** A named failure: the thing, the value, what to do, its reason in mono, and what can be tried. */
export function FailureBox({ failure, action }: { readonly failure: Failure; readonly action?: StateAction }): ReactElement {
  return (
    <div className="state-box state-failure" role="alert">
      <strong>
        <span aria-hidden="true">◆ </span>
        {failureTitle(failure)}
      </strong>
      <p>{failure.message}</p>
      {failure.remedy !== undefined && <p>{failure.remedy}</p>}
      <div className="state-foot">
        {action !== undefined && (
          <Button tone="link" onClick={action.run}>
            {action.title}
          </Button>
        )}
        <Button tone="link" onClick={() => void navigator.clipboard.writeText(JSON.stringify(failure, null, 2))}>
          Copy details
        </Button>
        <code>{failure.reason}</code>
      </div>
    </div>
  );
}

/** Something that is withheld on purpose, with the limit it failed. */
export function RefusedState({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="state-box state-refused">
      <strong>
        <StaleMark /> {title}
      </strong>
      <p>{children}</p>
    </div>
  );
}
