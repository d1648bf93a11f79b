import type { ReactElement } from 'react';

/** A quantity or price as it is typed: digits, at most one point. */
export const DECIMAL = /^(0|[1-9]\d*)(\.\d+)?$/;

/** A field for such a number; one that is not understood is marked. */
export function DecimalField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}): ReactElement {
  return (
    <label>
      {props.label}
      <input
        className="field mono"
        inputMode="decimal"
        value={props.value}
        aria-invalid={!DECIMAL.test(props.value)}
        onChange={(event) => props.onChange(event.target.value.trim())}
      />
    </label>
  );
}
