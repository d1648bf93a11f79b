import type { RuleEdit, RuleFinding, RuleSetRow } from '../../contract/rule-set.ts';
import { succeed, type Result } from '../../domain/failure.ts';
import type { LendingPool, PoolChange } from '../../domain/lending-rules.ts';
import type { Venue } from '../../domain/venue.ts';
import { percent } from '../analysis/words.ts';
import { editableRules, editedVenue } from './editable-rules.ts';
import type { RuleHandle } from './rule-handle.ts';
import { ruleFindings, modeOf } from './rule-findings.ts';
import { closingWords, rulesTitle } from './rule-words.ts';
import type { RuleSubject } from './rule-subject.ts';
import { venueMoves } from './venue-moves.ts';

/** One set of rules to judge an account by: the book with the account under them, and what is said about it. */
export type RuleVariant = Pick<RuleSetRow, 'id' | 'kind' | 'title' | 'status' | 'why'> & {
  readonly venue: Venue;
  readonly marketId: string | null;
  readonly source: string;
  readonly asOf: string;
  readonly findings: readonly RuleFinding[];
};

/** The rules in force, other revisions, efficiency modes, dated changes, other venues, and the edited ones; and what can be edited. */
export function ruleVariants(subject: RuleSubject, edits: readonly RuleEdit[]): Result<{ variants: RuleVariant[]; rules: RuleHandle[] }> {
  const { account, venue, holdings, underlyingIds } = subject;
  const { marketId } = account;
  const assetIds = holdings.filter((each) => !each.isDebt).map((each) => each.assetId);
  const rules = editableRules(venue, { marketId, assetIds, underlyingIds });
  const edited: RuleVariant[] = [];
  for (const edit of edits) {
    const changed = editedVenue(venue, rules, edit);
    if (!changed.ok) return changed;
    edited.push(editedVariant(subject, changed.value, { edit, rule: rules.find((each) => each.key === edit.key) }));
  }
  const { parameters } = venue;
  const inForce = variant(subject, { id: 'inForce', kind: 'inForce', status: 'in force', why: closingWords(parameters, marketId) });
  return succeed({
    variants: [
      inForce,
      ...edited,
      ...(parameters.family === 'lendingPool' ? poolVariants(subject, parameters) : []),
      ...venueMoves(subject).map((move) =>
        variant(subject, {
          id: `venue:${move.venue.id}:${move.marketId ?? ''}`,
          kind: 'venue',
          status: move.venue.id === venue.id ? 'other market' : 'other venue',
          why: closingWords(move.venue.parameters, move.marketId),
          ...move,
        }),
      ),
    ],
    rules,
  });
}

type Wish = Pick<RuleVariant, 'id' | 'kind' | 'status' | 'why'> & Partial<RuleVariant>;

/** Fills what a wish leaves open, and turns it into one that does not fit where the rules refuse the positions. */
function variant({ account, venue, holdings }: RuleSubject, wish: Wish): RuleVariant {
  const { marketId } = account;
  const placed = { venue, marketId, ...wish };
  const largest = holdings.find((each) => !each.isDebt)?.assetId ?? null;
  const { parameters } = placed.venue;
  const findings = ruleFindings(parameters, placed.marketId, holdings);
  const full = {
    title: rulesTitle(placed.venue, placed.marketId, largest),
    source: parameters.source,
    asOf: parameters.asOf,
    findings,
    ...placed,
  };
  if (wish.kind === 'inForce') return full;
  const block = findings.find((each) => each.isBlocking);
  if (block !== undefined) return { ...full, status: 'not eligible', why: block.text };
  const useless = findings.find((each) => each.kind === 'nothingGained');
  return useless === undefined ? full : { ...full, status: 'changes nothing', why: useless.text };
}

type EditedRule = { readonly edit: RuleEdit; readonly rule: RuleHandle | undefined };

function editedVariant(subject: RuleSubject, venue: Venue, { edit, rule }: EditedRule): RuleVariant {
  const { key, value } = edit;
  const shown = (amount: number): string => (rule?.unit === 'usd' ? `${amount} USD` : percent(amount));
  return variant(subject, {
    id: `edited:${key}:${value}`,
    kind: 'edited',
    title: `${rule?.label ?? key} ${shown(value)}`,
    status: 'hypothetical',
    why: `Edited: ${shown(rule?.value ?? 0)} → ${shown(value)}, for everybody at ${venue.name}.`,
    source: 'edited here, not published',
    asOf: subject.snapshotDay,
    venue,
  });
}

function poolVariants(subject: RuleSubject, pool: LendingPool): RuleVariant[] {
  const { account, venue, holdings } = subject;
  const current = modeOf(pool, account.marketId);
  const revisions = pool.otherRevisions.map(({ source, ...rule }) => {
    const parameters = { ...pool, ...rule };
    return variant(subject, {
      id: `revision:${rule.revision}`,
      kind: 'revision',
      title: `${venue.name}, revision ${rule.revision}`,
      status: 'other revision',
      why: closingWords(parameters, account.marketId),
      venue: { ...venue, parameters },
      source,
    });
  });
  const modes = pool.eModes
    .filter(
      (mode) => mode !== current && mode.collateralAssetIds.some((id) => holdings.some((held) => !held.isDebt && held.assetId === id)),
    )
    .map((mode) =>
      variant(subject, {
        id: `mode:${mode.id}`,
        kind: 'efficiencyMode',
        status: 'can be entered',
        why: `${mode.label}: threshold ${percent(mode.liquidationThresholdFraction)}, bonus ${percent(mode.liquidationBonusFraction)}.`,
        marketId: mode.id,
        source: mode.source,
      }),
    );
  const left =
    current === undefined
      ? []
      : [
          variant(subject, {
            id: 'mode:none',
            kind: 'efficiencyMode',
            status: 'without eMode',
            why: 'Every collateral takes its own threshold.',
            marketId: null,
          }),
        ];
  return [...changeVariants(subject, pool), ...left, ...modes, ...revisions];
}

/** Dated changes that touch an asset of the account or its mode. */
function changeVariants(subject: RuleSubject, pool: LendingPool): RuleVariant[] {
  const { account, venue, holdings, snapshotDay } = subject;
  const mode = modeOf(pool, account.marketId);
  return pool.changes
    .filter(
      (change) =>
        change.eModes.some((row) => row.id === mode?.id) ||
        change.reserves.some((row) => holdings.some((held) => held.assetId === row.assetId)),
    )
    .map((change) => {
      const parameters = changedPool(pool, change);
      return variant(subject, {
        id: `change:${change.id}`,
        kind: 'change',
        title: change.title,
        status: changeStatus(change.on, pool.asOf, snapshotDay),
        why: changeWords(pool, change),
        venue: { ...venue, parameters },
        source: change.source,
        asOf: change.on,
      });
    });
}

function changeStatus(on: string, asOf: string, snapshotDay: string): string {
  if (on > snapshotDay) return `announced for ${on}`;
  return on > asOf ? `voted ${on}` : `recorded ${on}`;
}

/** The pool with a dated change made. */
export function changedPool(pool: LendingPool, change: PoolChange): LendingPool {
  return {
    ...pool,
    reserves: pool.reserves.map((row) => ({ ...row, ...given(change.reserves.find((each) => each.assetId === row.assetId)) })),
    eModes: pool.eModes.map((row) => ({ ...row, ...given(change.eModes.find((each) => each.id === row.id)) })),
  };
}

/** The fields of a change that have a value. */
function given<T extends object>(row: T | undefined): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(row ?? {}).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}

const TERM_WORDS: Readonly<Record<string, string>> = {
  loanToValueFraction: 'loan-to-value',
  liquidationThresholdFraction: 'threshold',
  liquidationBonusFraction: 'bonus',
};

/** What the change moves: 'WETH threshold 83 % → 81 %'; says so where nothing differs. */
function changeWords(pool: LendingPool, change: PoolChange): string {
  const before = (id: string): object | undefined =>
    pool.reserves.find((each) => each.assetId === id) ?? pool.eModes.find((each) => each.id === id);
  const rows = [
    ...change.reserves.map(({ assetId, ...terms }) => ({ id: assetId, terms })),
    ...change.eModes.map(({ id, ...terms }) => ({ id, terms })),
  ];
  const parts = rows.flatMap(({ id, terms }) => {
    const was = new Map<string, unknown>(Object.entries(before(id) ?? {}));
    return Object.entries(terms).flatMap(([key, value]) => {
      const former = was.get(key);
      const word = TERM_WORDS[key];
      if (word === undefined || typeof value !== 'number' || typeof former !== 'number' || former === value) return [];
      return [`${id.replace('emode:', 'eMode ')} ${word} ${percent(former)} → ${percent(value)}`];
    });
  });
  return parts.length === 0 ? 'The values are those in force: nothing changes.' : `${parts.join(', ')}.`;
}
