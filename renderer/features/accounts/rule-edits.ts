import { create } from 'zustand';
import type { RuleEdit } from '../../../main/contract/rule-set.ts';

const NONE: readonly RuleEdit[] = [];

type RuleEditStore = {
  readonly edits: ReadonlyMap<string, readonly RuleEdit[]>;
  readonly set: (accountId: string, edits: readonly RuleEdit[]) => void;
};

const useRuleEditStore = create<RuleEditStore>()((set) => ({
  edits: new Map(),
  set: (accountId, edits) => set((state) => ({ edits: new Map(state.edits).set(accountId, edits) })),
}));

/** The rules the trader has edited for an account; they live as long as the window and never enter the book. */
export function useRuleEdits(accountId: string): readonly [readonly RuleEdit[], (edits: readonly RuleEdit[]) => void] {
  const edits = useRuleEditStore((state) => state.edits.get(accountId) ?? NONE);
  const set = useRuleEditStore((state) => state.set);
  return [edits, (changed) => set(accountId, changed)];
}

/** The edits with one more; the same value of the same rule is kept once. */
export function withEdit(edits: readonly RuleEdit[], added: RuleEdit): readonly RuleEdit[] {
  return [...edits.filter((each) => each.key !== added.key || each.value !== added.value), added];
}

/** The edits without those behind the given rows of the comparison. */
export function withoutRows(edits: readonly RuleEdit[], rowIds: readonly string[]): readonly RuleEdit[] {
  return edits.filter((each) => !rowIds.includes(`edited:${each.key}:${each.value}`));
}

/** A typed value in the rule's own unit, percent for fractions and ratios; null where it is no plain number. */
export function typedRule(text: string, unit: 'fraction' | 'ratio' | 'usd'): number | null {
  const plain = text.trim().replace(/\s*(%|USD)$/, '');
  if (!/^[+-]?\d+(\.\d+)?$/.test(plain)) return null;
  // Through text, so that 79 % is 0.79 and not 0.7900000000000001.
  return unit === 'usd' ? Number(plain) : Number((Number(plain) / 100).toPrecision(12));
}
