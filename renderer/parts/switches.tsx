import type { KeyboardEvent, ReactElement, ReactNode } from 'react';

export type Choice<Value extends string> = { readonly value: Value; readonly title: ReactNode; readonly count?: number };
type Props<Value extends string> = {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
};

/** Left and right walk, Home and End jump; the chosen one is the only tab stop. */
function walk<Value extends string>(event: KeyboardEvent<HTMLElement>, { choices, value, onChange }: Props<Value>): void {
  const index = choices.findIndex((choice) => choice.value === value);
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  const next =
    event.key === 'Home'
      ? 0
      : event.key === 'End'
        ? choices.length - 1
        : step === undefined
          ? null
          : (index + step + choices.length) % choices.length;
  const choice = next === null ? undefined : choices[next];
  if (choice === undefined || next === null) return;
  event.preventDefault();
  onChange(choice.value);
  (event.currentTarget.children[next] as HTMLElement | undefined)?.focus();
}

/** Tabs of a panel header: filters or views with their counts. */
export function Tabs<Value extends string>(props: Props<Value>): ReactElement {
  return (
    <div className="tabs" role="tablist" aria-label={props.label} onKeyDown={(event) => walk(event, props)}>
      {props.choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          role="tab"
          className="tab"
          aria-selected={choice.value === props.value}
          tabIndex={choice.value === props.value ? 0 : -1}
          onClick={() => props.onChange(choice.value)}
        >
          {choice.title}
          {choice.count !== undefined && <span className="tab-count"> {choice.count}</span>}
        </button>
      ))}
    </div>
  );
}

/** One of a few, side by side. */
export function Segmented<Value extends string>(props: Props<Value>): ReactElement {
  return (
    <div className="segmented" role="radiogroup" aria-label={props.label} onKeyDown={(event) => walk(event, props)}>
      {props.choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          role="radio"
          aria-checked={choice.value === props.value}
          tabIndex={choice.value === props.value ? 0 : -1}
          onClick={() => props.onChange(choice.value)}
        >
          {choice.title}
          {choice.count !== undefined && <span className="tab-count"> {choice.count}</span>}
        </button>
      ))}
    </div>
  );
}
