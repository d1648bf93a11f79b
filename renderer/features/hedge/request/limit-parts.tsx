import { type ReactElement, type ReactNode, useId } from 'react';
import { troubleOf, type FieldKey, type LimitFields, type NumberField } from './limit-fields.ts';

/** What every part of the sheet is given. */
export type PartProps = { readonly fields: LimitFields; readonly onSet: (part: Partial<LimitFields>) => void };

/** A group of the sheet with its title. */
export function Group({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <fieldset className="limit-group">
      <legend>{title}</legend>
      {hint !== undefined && <p className="muted">{hint}</p>}
      {children}
    </fieldset>
  );
}

type NumberProps = PartProps & { readonly field: NumberField & { readonly key: FieldKey }; readonly isDisabled?: boolean };

/** One number: title and what it bounds, the field with the usual value in it while it is empty, its unit, and what is wrong with it. */
export function NumberRow({ field, fields, onSet, isDisabled = false }: NumberProps): ReactElement {
  const id = useId();
  const trouble = troubleOf(field, fields);
  const text = fields.texts[field.key];
  return (
    <div className={`limit-row${isDisabled ? ' is-disabled' : ''}${text === '' ? '' : ' is-set'}`}>
      <label className="limit-title" htmlFor={id}>
        {field.title}
        <small className="muted">{field.hint}</small>
      </label>
      <input
        id={id}
        className="field"
        value={text}
        placeholder={field.usual}
        disabled={isDisabled}
        inputMode="decimal"
        spellCheck={false}
        autoComplete="off"
        aria-invalid={trouble !== null}
        aria-describedby={`${id}u ${id}e`}
        onChange={(event) => onSet({ texts: { ...fields.texts, [field.key]: event.target.value } })}
      />
      <span className="limit-unit muted" id={`${id}u`}>
        {field.unit}
      </span>
      <span className="limit-trouble state-danger" id={`${id}e`} role="alert">
        {trouble}
      </span>
    </div>
  );
}

/** A box with its words. */
export function Check({
  title,
  isOn,
  onToggle,
}: {
  readonly title: string;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}): ReactElement {
  return (
    <label className="hedge-check">
      <input type="checkbox" checked={isOn} onChange={onToggle} />
      {title}
    </label>
  );
}

/** A set with one more or one less. */
export function toggled<T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}
