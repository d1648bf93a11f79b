import { type ReactElement, type SubmitEvent, useState } from 'react';
import type { HedgeLimits } from '../../../../main/contract/hedge-limits.ts';
import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { fieldsOf, limitsOf, wrongSums, type LimitFields } from './limit-fields.ts';

type Props = {
  readonly limits: HedgeLimits;
  readonly accountIds: readonly string[];
  readonly onSet: (limits: HedgeLimits) => void;
  readonly onClose: () => void;
};

/** What a suggestion may not do. It takes effect when the hedge is solved again. */
export function LimitsSheet({ limits, accountIds, onSet, onClose }: Props): ReactElement {
  const [fields, setFields] = useState<LimitFields>(() => fieldsOf(limits));
  const wrong = wrongSums(fields);
  const set = (part: Partial<LimitFields>): void => setFields((former) => ({ ...former, ...part }));
  const toggleAccount = (id: string): void => {
    const keep = new Set(fields.keep);
    if (!keep.delete(id)) keep.add(id);
    set({ keep });
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (wrong.length > 0) return;
    onSet(limitsOf(fields, limits));
    onClose();
  };
  const sum = (name: (typeof wrong)[number], title: string): ReactElement => (
    <Text
      title={title}
      value={fields[name]}
      placeholder="no limit"
      isWrong={wrong.includes(name)}
      onChange={(text) => set({ [name]: text })}
    />
  );
  return (
    <Dialog label="Limits of the suggestion" className="book-sheet hedge-limits" onClose={onClose}>
      <form onSubmit={submit}>
        <h2>Limits of the suggestion</h2>
        {sum('deltaBand', 'Delta of each driver, looked through, at most USD')}
        {sum('turnover', 'Notional of all trades, at most USD')}
        {sum('venueTurnover', 'Notional at one venue, at most USD')}
        <Text
          title="Instruments left alone"
          value={fields.exclude}
          placeholder="none; ids between spaces"
          onChange={(exclude) => set({ exclude })}
        />
        <fieldset className="hedge-keep">
          <legend>Accounts left as they are</legend>
          {accountIds.map((id) => (
            <Check key={id} title={id} isOn={fields.keep.has(id)} onToggle={() => toggleAccount(id)} />
          ))}
        </fieldset>
        <Check
          title="Only close, repay and top up: open nothing new"
          isOn={fields.onlyReducing}
          onToggle={() => set({ onlyReducing: !fields.onlyReducing })}
        />
        {wrong.length > 0 && (
          <p className="state-danger" role="alert">
            A limit is a sum such as 100,000 or 50 k, or empty.
          </p>
        )}
        <div className="book-sheet-foot">
          <Button onClick={() => setFields(fieldsOf({}))}>No limits</Button>
          <Button onClick={onClose} shortcut="Esc">
            Cancel
          </Button>
          <button type="submit" className="button button-primary" disabled={wrong.length > 0}>
            Set limits
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Check({ title, isOn, onToggle }: { readonly title: string; readonly isOn: boolean; readonly onToggle: () => void }): ReactElement {
  return (
    <label className="hedge-check">
      <input type="checkbox" checked={isOn} onChange={onToggle} />
      {title}
    </label>
  );
}

type TextProps = {
  readonly title: string;
  readonly value: string;
  readonly placeholder: string;
  readonly isWrong?: boolean;
  readonly onChange: (text: string) => void;
};

function Text({ title, value, placeholder, isWrong = false, onChange }: TextProps): ReactElement {
  return (
    <label>
      {title}
      <input
        className="field mono"
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        aria-invalid={isWrong}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
