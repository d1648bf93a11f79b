import type { EditableRule } from '../../contract/rule-set.ts';
import type { VenueParameters } from '../../domain/venue.ts';

/** A rule of a venue with the way to change it. */
export type RuleHandle = EditableRule & { readonly change: (value: number) => VenueParameters };

/** Where the account stands and what it holds: only the rules that reach it are offered. */
export type RuleReach = {
  readonly marketId: string | null;
  readonly assetIds: readonly string[];
  readonly underlyingIds: readonly string[];
};

/** The parameters of one family. */
export type Of<Family extends VenueParameters['family']> = Extract<VenueParameters, { family: Family }>;

/** A rule that is a share. */
export function fractionRule(name: Pick<EditableRule, 'key' | 'label'>, value: number, change: RuleHandle['change']): RuleHandle {
  return { ...name, value, unit: 'fraction', change };
}

/** The rows with one of them replaced. */
export function replaced<Row>(rows: readonly Row[], at: number, row: Row): Row[] {
  return rows.map((each, i) => (i === at ? row : each));
}
