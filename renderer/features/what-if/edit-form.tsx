import { type ReactElement, type SubmitEvent, useState } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import type { InputOf } from '../../../main/contract/contract.ts';
import { addEdit } from './what-if-actions.ts';

type Edit = InputOf<'whatIf.edit'>['edit'];
type Kind = Exclude<Edit['kind'], 'legs'>;

const kinds: readonly { readonly kind: Kind; readonly title: string; readonly amount: string }[] = [
  { kind: 'trade', title: 'Trade a contract', amount: 'Quantity, − sells' },
  { kind: 'setPosition', title: 'Set a position', amount: 'New quantity' },
  { kind: 'movePrice', title: 'Move a price', amount: 'Move, %' },
  { kind: 'bookFile', title: 'Add a book file', amount: '' },
];

const DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** The next edit: what kind, where, how much. What does not fit is refused by name when it is applied. */
export function EditForm({ whatIfId, analysis }: { readonly whatIfId: string; readonly analysis: AnalysisResult }): ReactElement {
  const [kind, setKind] = useState<Kind>('trade');
  const [accountId, setAccountId] = useState(analysis.accounts[0]?.accountId ?? '');
  const [name, setName] = useState('');
  const [amount, setAmount] = useState('');
  const [sign, setSign] = useState<1 | -1>(1);
  const [isBusy, setIsBusy] = useState(false);
  const edit = editOf({ kind, accountId, name: name.trim(), amount: amount.trim().replace('−', '-'), sign });
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (edit === null || isBusy) return;
    setIsBusy(true);
    const isDone = await addEdit(whatIfId, edit);
    setIsBusy(false);
    if (isDone) setAmount('');
  };
  const isRow = kind === 'trade' || kind === 'setPosition';
  const amountWords = kinds.find((each) => each.kind === kind)?.amount ?? '';
  return (
    <form className="what-if-form" aria-label="Next edit" aria-busy={isBusy} onSubmit={(event) => void submit(event)}>
      <select className="field" aria-label="Kind of edit" value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
        {kinds.map((each) => (
          <option key={each.kind} value={each.kind}>
            {each.title}
          </option>
        ))}
      </select>
      {isRow && (
        <select className="field" aria-label="Account" value={accountId} onChange={(event) => setAccountId(event.target.value)}>
          {analysis.accounts.map((account) => (
            <option key={account.accountId}>{account.accountId}</option>
          ))}
        </select>
      )}
      <input
        className="field mono is-long"
        aria-label={nameWords(kind)}
        placeholder={nameWords(kind)}
        list={isRow ? 'what-if-instruments' : 'what-if-drivers'}
        value={name}
        spellCheck={false}
        onChange={(event) => setName(event.target.value)}
      />
      <Known analysis={analysis} />
      {kind === 'bookFile' ? (
        <select
          className="field"
          aria-label="Add or subtract"
          value={sign}
          onChange={(event) => setSign(event.target.value === '1' ? 1 : -1)}
        >
          <option value={1}>add</option>
          <option value={-1}>subtract</option>
        </select>
      ) : (
        <input
          className="field mono"
          aria-label={amountWords}
          placeholder={amountWords}
          value={amount}
          onChange={(event) => setAmount(event.target.value)}
        />
      )}
      <button type="submit" className="button button-outline" disabled={edit === null || isBusy}>
        Apply
      </button>
    </form>
  );
}

/** Names that the fields offer. */
function Known({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  return (
    <>
      <datalist id="what-if-instruments">
        {[...new Set(analysis.positions.map((position) => position.instrumentId))].map((id) => (
          <option key={id} value={id} />
        ))}
      </datalist>
      <datalist id="what-if-drivers">
        {analysis.drivers.map((driver) => (
          <option key={driver.assetId} value={driver.assetId} />
        ))}
      </datalist>
    </>
  );
}

function nameWords(kind: Kind): string {
  if (kind === 'bookFile') return 'Book file on this machine';
  return kind === 'movePrice' ? 'Asset, e.g. ETH' : 'Instrument';
}

function editOf(typed: {
  readonly kind: Kind;
  readonly accountId: string;
  readonly name: string;
  readonly amount: string;
  readonly sign: 1 | -1;
}): Edit | null {
  const { kind, accountId, name, amount, sign } = typed;
  if (name === '') return null;
  if (kind === 'bookFile') return { kind, path: name, sign };
  if (!DECIMAL.test(amount)) return null;
  if (kind === 'movePrice')
    return Number(amount) > -100 && Number(amount) <= 1000 ? { kind, assetId: name, move: Number(amount) / 100 } : null;
  return { kind, accountId, instrumentId: name, quantity: amount };
}
