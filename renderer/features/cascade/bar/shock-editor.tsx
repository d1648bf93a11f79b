import { type ReactElement, type SyntheticEvent, useEffect, useRef, useState } from 'react';
import type { Shock } from '../../../../main/domain/scenario.ts';
import { Button } from '../../../parts/button.tsx';
import { draftOf, readDraft } from '../shock-text.ts';

type Props = {
  readonly shock: Shock;
  readonly drivers: readonly string[];
  readonly onRun: (shock: Shock) => void;
  readonly onLeave: () => void;
};

/** The figures of the shock as fields: Enter runs, Esc leaves. A figure that is not understood is named, nothing is guessed. */
export function ShockEditor({ shock, drivers, onRun, onLeave }: Props): ReactElement {
  const [draft, setDraft] = useState(() => draftOf(shock, drivers));
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.select(), []);
  const read = readDraft(draft);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if ('shock' in read) onRun(read.shock);
  };
  return (
    <form
      className="shock-editor"
      aria-label="Shock"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onLeave();
      }}
    >
      {drivers.map((driver, index) => (
        <label key={driver}>
          {driver}
          <input
            ref={index === 0 ? first : undefined}
            value={draft.moves[driver] ?? ''}
            aria-invalid={'field' in read && read.field === driver}
            inputMode="decimal"
            onChange={(event) => setDraft({ ...draft, moves: { ...draft.moves, [driver]: event.target.value } })}
          />
          %
        </label>
      ))}
      <label>
        vol
        <input
          value={draft.volatility}
          aria-invalid={'field' in read && read.field === 'volatility'}
          inputMode="decimal"
          onChange={(event) => setDraft({ ...draft, volatility: event.target.value })}
        />
        pt
      </label>
      <button
        type="submit"
        className="button button-outline"
        disabled={!('shock' in read)}
        title={'reason' in read ? read.reason : undefined}
      >
        Run
      </button>
      <Button tone="quiet" onClick={onLeave} shortcut="Esc">
        Leave
      </Button>
      {'reason' in read && (
        <span className="state-danger" role="alert">
          {read.reason}
        </span>
      )}
    </form>
  );
}
