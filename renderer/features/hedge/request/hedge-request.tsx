import { type ReactElement, type RefObject, type SyntheticEvent, useCallback, useMemo, useRef, useState } from 'react';
import { useCommands } from '../../../app/commands.ts';
import type { HedgeWish } from '../../../client/queries.ts';
import { fixed } from '../../../format/number.ts';
import { RunProgressBar } from '../../../parts/progress.tsx';
import { Button, Key } from '../../../parts/button.tsx';
import { Chip } from '../../../parts/chip.tsx';
import { useMedia, WIDE_WINDOW } from '../../../parts/use-media.ts';
import { parseBudget, parseConfidence } from '../hedge-rows.ts';
import type { Assumed } from './limit-fields.ts';
import { fittingWords, limitsTitle, unusualWords } from './limit-words.ts';
import { LimitsSheet } from './limits-sheet.tsx';

type Props = {
  /** What was asked last: the fields start with it. */
  readonly wish: HedgeWish | null;
  readonly confidence: number;
  readonly accountIds: readonly string[];
  readonly runId: string | null;
  readonly hasResult: boolean;
  readonly onAsk: (wish: HedgeWish) => void;
};

/** Budget and confidence as fields, and the button that solves; a field that is not understood is named. */
export function HedgeRequest({ wish, confidence, accountIds, runId, hasResult, onAsk }: Props): ReactElement {
  const [budgetText, setBudgetText] = useState(() => (wish?.budgetUsd === undefined ? '' : fixed(wish.budgetUsd, 0)));
  const [confidenceText, setConfidenceText] = useState(() => String(Number((confidence * 100).toFixed(3))));
  const [assumed, setAssumed] = useState<Assumed>(() => ({ limits: wish?.limits ?? {}, survival: wish?.survival ?? {} }));
  const sheet = useLimitsSheet();
  const form = useSuggestKey();
  const budget = parseBudget(budgetText);
  const wanted = parseConfidence(confidenceText);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (budget === null || wanted === null || runId !== null) return;
    onAsk({
      ...(budget.budgetUsd === null ? {} : { budgetUsd: budget.budgetUsd }),
      confidence: wanted,
      ...(Object.keys(assumed.limits).length === 0 ? {} : { limits: assumed.limits }),
      ...(Object.keys(assumed.survival).length === 0 ? {} : { survival: assumed.survival }),
    });
  };
  return (
    <>
      <form ref={form} className="hedge-request" aria-label="What to solve" onSubmit={submit} data-panel="" tabIndex={-1}>
        <strong>Keep every account alive</strong>
        <i className="hedge-rule" aria-hidden="true" />
        <BarField
          before="within"
          after="USD of cost"
          value={budgetText}
          placeholder="no limit"
          isWrong={budget === null}
          onChange={setBudgetText}
        />
        <BarField before="at ES" after="%" value={confidenceText} isShort isWrong={wanted === null} onChange={setConfidenceText} />
        <Button onClick={sheet.open} shortcut="A" title="What the suggestion may not do, and what is taken to go wrong with hedges">
          {limitsTitle(assumed)}
        </Button>
        <button
          type="submit"
          className={`button ${hasResult ? 'button-outline' : 'button-primary'}`}
          disabled={budget === null || wanted === null || runId !== null}
        >
          {hasResult ? 'Solve again' : 'Suggest hedges'}
          <Key>G</Key>
        </button>
        {runId === null && <Unusual words={unusualWords(assumed)} />}
        {budget === null && <Wrong>Budget: a sum such as 100,000 or 50 k</Wrong>}
        {wanted === null && <Wrong>Confidence: from 50 to 99.99 %</Wrong>}
        <div className="hedge-request-end">
          <RunProgressBar runId={runId} title="Solving" />
        </div>
      </form>
      {sheet.isOpen && <LimitsSheet assumed={assumed} accountIds={accountIds} onSet={setAssumed} onClose={sheet.close} />}
    </>
  );
}

/** The key solves what stands in the fields, as the button does. */
function useSuggestKey(): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useCommands(
    useMemo(
      () => [{ id: 'hedge.suggest', title: 'Suggest hedges', group: 'Hedge' as const, key: 'G', run: () => form.current?.requestSubmit() }],
      [],
    ),
  );
  return form;
}

const limitsCommand = {
  id: 'hedge.limits',
  title: 'Limits of the suggestion…',
  group: 'Hedge' as const,
  key: 'A',
  keywords: 'bands venue survival lost halt depeg',
};

/** Whether the sheet of limits is open; a command opens it too. */
function useLimitsSheet(): { readonly isOpen: boolean; readonly open: () => void; readonly close: () => void } {
  const [isOpen, setOpen] = useState(false);
  const open = useCallback(() => setOpen(true), []);
  const close = useCallback(() => setOpen(false), []);
  useCommands(useMemo(() => [{ ...limitsCommand, run: open }], [open]));
  return { isOpen, open, close };
}

type BarFieldProps = {
  readonly before: string;
  readonly after: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly isShort?: boolean;
  readonly isWrong: boolean;
  readonly onChange: (text: string) => void;
};

/** A number in the bar between its words. */
function BarField({ before, after, value, placeholder, isShort = false, isWrong, onChange }: BarFieldProps): ReactElement {
  return (
    <label>
      {before}
      <input
        className={isShort ? 'is-short' : undefined}
        value={value}
        placeholder={placeholder}
        inputMode="decimal"
        aria-invalid={isWrong}
        onChange={(event) => onChange(event.target.value)}
      />
      {after}
    </label>
  );
}

/** Characters that fit beside the button, the room of a chip counted in. */
const NARROW_CHARACTERS = 92;
const WIDE_CHARACTERS = 260;

/** What is not as usual, in one line; while it is solved, how far that is stands in its place. */
function Unusual({ words }: { readonly words: readonly string[] }): ReactElement | null {
  const isWide = useMedia(WIDE_WINDOW);
  if (words.length === 0) return null;
  return (
    <div className="hedge-unusual" role="note" aria-label="Not as usual" title={words.join(' · ')}>
      {fittingWords(words, isWide ? WIDE_CHARACTERS : NARROW_CHARACTERS).map((each) => (
        <Chip key={each} tone="plain">
          {each}
        </Chip>
      ))}
    </div>
  );
}

function Wrong({ children }: { readonly children: string }): ReactElement {
  return (
    <span className="state-danger" role="alert">
      {children}
    </span>
  );
}
