import { type ReactElement, type SubmitEvent, useState } from 'react';
import type { EditableRule, RuleEdit } from '../../../main/contract/rule-set.ts';
import type { Failure } from '../../../main/domain/failure.ts';
import { call } from '../../client/client.ts';
import { fixed } from '../../format/number.ts';
import { percent } from '../../format/share.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { FailureBox } from '../../parts/states.tsx';
import { typedRule, withEdit } from './rule-edits.ts';

type Props = {
  readonly accountId: string;
  readonly rules: readonly EditableRule[];
  readonly edits: readonly RuleEdit[];
  readonly onChange: (edits: readonly RuleEdit[]) => void;
  readonly onClose: () => void;
};

function valueWords(rule: EditableRule): string {
  return rule.unit === 'usd' ? `${fixed(rule.value, 0)} USD` : percent(rule.value, 1);
}

/** One rule of the venue with another value. It is tried before the sheet closes: a value out of range is refused by name, here. */
export function RuleSheet({ accountId, rules, edits, onChange, onClose }: Props): ReactElement {
  const [key, setKey] = useState(rules[0]?.key ?? '');
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const rule = rules.find((each) => each.key === key);
  const value = rule === undefined ? null : typedRule(text, rule.unit);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (value === null || isBusy) return;
    const changed = withEdit(edits, { key, value });
    setIsBusy(true);
    const tried = await call('ruleSet.compare', { accountId, edits: [...changed] });
    setIsBusy(false);
    if (!tried.ok) {
      setFailure(tried.failure);
      return;
    }
    onChange(changed);
    onClose();
  };
  return (
    <Dialog label="Edit a rule" className="rule-sheet" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} aria-busy={isBusy}>
        <h2>Edit a rule</h2>
        <p className="secondary">It is tried for everybody at the venue, shown as hypothetical, and kept out of the book.</p>
        <RuleFields
          rules={rules}
          rule={rule}
          text={text}
          isWrong={text !== '' && value === null}
          onRule={(chosen) => {
            setKey(chosen);
            setFailure(null);
          }}
          onText={(typed) => {
            setText(typed);
            setFailure(null);
          }}
        />
        {text !== '' && value === null && (
          <p className="state-danger" role="alert">
            Type a plain number such as 79.5.
          </p>
        )}
        {failure !== null && <FailureBox failure={failure} />}
        <div className="rule-sheet-foot">
          <button type="submit" className="button button-primary" disabled={value === null || isBusy}>
            {isBusy ? 'Trying it' : 'Try it'}
          </button>
          <Button tone="quiet" onClick={onClose} shortcut="Esc">
            Leave
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type FieldsProps = {
  readonly rules: readonly EditableRule[];
  readonly rule: EditableRule | undefined;
  readonly text: string;
  readonly isWrong: boolean;
  readonly onRule: (key: string) => void;
  readonly onText: (text: string) => void;
};

/** Which rule, and its new value in the rule's own unit. */
function RuleFields({ rules, rule, text, isWrong, onRule, onText }: FieldsProps): ReactElement {
  return (
    <>
      <label>
        Rule
        <select className="field" value={rule?.key ?? ''} onChange={(event) => onRule(event.target.value)}>
          {rules.map((each) => (
            <option key={each.key} value={each.key}>
              {each.label}, now {valueWords(each)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {rule?.unit === 'usd' ? 'New value, USD' : 'New value, %'}
        <input
          className="field"
          inputMode="decimal"
          value={text}
          aria-invalid={isWrong}
          placeholder={rule === undefined ? '' : valueWords(rule).replace(/\s*(%|USD)$/, '')}
          onChange={(event) => onText(event.target.value)}
        />
      </label>
    </>
  );
}
