import './limits.css';
import { type ReactElement, type SubmitEvent, useState } from 'react';
import { hedgeLegKind } from '../../../../main/contract/hedge-limits.ts';
import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import {
  assumedOf,
  bandFields,
  fieldsOf,
  isUnderstood,
  survivalFields,
  timeFields,
  tradeFields,
  usualFields,
  type Assumed,
  type LimitFields,
} from './limit-fields.ts';
import { Check, Group, NumberRow, toggled, type PartProps } from './limit-parts.tsx';
import { kindWords } from './limit-words.ts';

type Props = {
  readonly assumed: Assumed;
  readonly accountIds: readonly string[];
  readonly onSet: (assumed: Assumed) => void;
  readonly onClose: () => void;
};

/** What a suggestion may not do, and what is taken to go wrong with hedges. It takes effect when the hedge is solved again. */
export function LimitsSheet({ assumed, accountIds, onSet, onClose }: Props): ReactElement {
  const [fields, setFields] = useState<LimitFields>(() => fieldsOf(assumed));
  const isReady = isUnderstood(fields);
  const part: PartProps = { fields, onSet: (next) => setFields((former) => ({ ...former, ...next })) };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    onSet(assumedOf(fields));
    onClose();
  };
  return (
    <Dialog label="Limits of the suggestion" className="book-sheet hedge-limits" onClose={onClose}>
      <form onSubmit={submit}>
        <h2>Limits of the suggestion</h2>
        <div className="limit-columns">
          <div>
            <Group title="The book after it, at most">
              {bandFields.map((field) => (
                <NumberRow key={field.key} field={field} {...part} />
              ))}
            </Group>
            <Group title="What is traded">
              {tradeFields.map((field) => (
                <NumberRow key={field.key} field={field} {...part} />
              ))}
            </Group>
            <BarredKinds {...part} />
          </div>
          <div>
            <Group title="Time before a shock" hint="Cash counts where it has arrived by then; trades are done at once.">
              {timeFields.map((field) => (
                <NumberRow key={field.key} field={field} {...part} />
              ))}
            </Group>
            <LostHedges {...part} />
            <LeftAlone accountIds={accountIds} {...part} />
          </div>
        </div>
        <div className="book-sheet-foot">
          <span className="limit-note muted">An empty field is as usual. It counts when the hedge is solved again.</span>
          <Button onClick={() => setFields(usualFields)}>Reset to usual</Button>
          <Button onClick={onClose} shortcut="Esc">
            Cancel
          </Button>
          <button type="submit" className="button button-primary" disabled={!isReady}>
            Set limits
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function LostHedges(part: PartProps): ReactElement {
  const { fields, onSet } = part;
  return (
    <Group title="Hedges that are lost" hint="On a day among the worst tenth, what is taken to happen to hedges:">
      {survivalFields.map((field) => (
        <NumberRow key={field.key} field={field} isDisabled={fields.isOff} {...part} />
      ))}
      <Check title="Take every hedge to be there whatever happens" isOn={fields.isOff} onToggle={() => onSet({ isOff: !fields.isOff })} />
    </Group>
  );
}

function BarredKinds({ fields, onSet }: PartProps): ReactElement {
  return (
    <Group title="What it may do">
      <div className="limit-kinds">
        {hedgeLegKind.options.map((kind) => (
          <Check
            key={kind}
            title={kindWords[kind]}
            isOn={!fields.barred.has(kind)}
            onToggle={() => onSet({ barred: toggled(fields.barred, kind) })}
          />
        ))}
      </div>
      <Check
        title="Only close, repay and top up: open nothing new"
        isOn={fields.onlyReducing}
        onToggle={() => onSet({ onlyReducing: !fields.onlyReducing })}
      />
    </Group>
  );
}

function LeftAlone({ fields, onSet, accountIds }: PartProps & { readonly accountIds: readonly string[] }): ReactElement {
  return (
    <Group title="What is left as it is">
      <div className="limit-accounts">
        {accountIds.map((id) => (
          <Check key={id} title={id} isOn={fields.keep.has(id)} onToggle={() => onSet({ keep: toggled(fields.keep, id) })} />
        ))}
      </div>
      <label className="limit-instruments">
        Instruments
        <input
          className="field mono"
          value={fields.exclude}
          placeholder="none; ids between spaces"
          spellCheck={false}
          onChange={(event) => onSet({ exclude: event.target.value })}
        />
      </label>
    </Group>
  );
}
