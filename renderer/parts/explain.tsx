import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { askWhy } from './explain-store.ts';

export type ExplainProps = {
  /** Name in the catalogue of metrics: `account.excessUsd`. */
  readonly metric: string;
  /** Id of the account, position, venue or node it belongs to; absent for the book's own. */
  readonly subjectId?: string;
  readonly children: ReactNode;
};

/** A number that answers 'why?': by click, Space, Enter or ?. */
export function Explain({ metric, subjectId, children }: ExplainProps): ReactElement {
  const ask = (anchor: HTMLElement): void => askWhy(metric, subjectId ?? null, anchor);
  const onKeyDown = (event: KeyboardEvent<HTMLSpanElement>): void => {
    if (event.key !== ' ' && event.key !== 'Enter' && event.key !== '?') return;
    event.preventDefault();
    ask(event.currentTarget);
  };
  return (
    <span
      className="explain"
      role="button"
      tabIndex={0}
      aria-haspopup="dialog"
      onClick={(event) => ask(event.currentTarget)}
      onKeyDown={onKeyDown}
    >
      {children}
    </span>
  );
}
