import type { AskedChange, ForecastChange } from '../../contract/forecast.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { Venue } from '../../domain/venue.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import { packBook, type PackResult } from '../pack.ts';
import { ruleSubject, type RuleSubject } from '../rule-set/rule-subject.ts';
import { ruleVariants, type RuleVariant } from '../rule-set/rule-variants.ts';

const DAY_MS = 86_400_000;

/** A dated change of rules, the book packed under it, and the accounts it reaches. */
export type DatedChange = Pick<ForecastChange, 'id' | 'kind' | 'title' | 'on' | 'source' | 'why'> & {
  readonly accountIds: readonly string[];
  readonly pack: PackResult;
  /** Days from the snapshot to the day on which it holds, at midnight; 0 where that has passed. */
  readonly fromDays: number;
};

type Found = { readonly variant: RuleVariant; readonly kind: ForecastChange['kind']; readonly on: string; readonly accountIds: string[] };

/** Every announced change that reaches an account of the book, and those asked for, oldest first. 'invalidValue' names a rule that cannot be changed. */
export function datedChanges(inputs: AnalysisInputs, pack: PackResult, asked: readonly AskedChange[]): Result<DatedChange[]> {
  const { contents, snapshot, scenarioSet } = inputs;
  const surroundings = { contents, shippedVenues: [], snapshotDay: snapshot.asOf.slice(0, 10) };
  const found = new Map<string, Found>();
  for (const accountId of pack.accountIds) {
    const subject = ruleSubject(accountId, pack, surroundings);
    if (!subject.ok) return subject;
    const announced = ruleVariants(subject.value, []);
    if (!announced.ok) return announced;
    for (const variant of announced.value.variants.filter((each) => each.kind === 'change' && each.asOf > surroundings.snapshotDay)) {
      const known = found.get(`${variant.venue.id} ${variant.id}`);
      if (known === undefined)
        found.set(`${variant.venue.id} ${variant.id}`, { variant, kind: 'announced', on: variant.asOf, accountIds: [accountId] });
      else known.accountIds.push(accountId);
    }
  }
  for (const change of asked) {
    const variant = askedVariant(change, ruleSubject(change.accountId, pack, surroundings));
    if (!variant.ok) return variant;
    const accountIds = contents.accounts.flatMap((each) => (each.venueId === variant.value.venue.id ? [each.id] : []));
    found.set(`asked ${JSON.stringify(change)}`, { variant: variant.value, kind: 'asked', on: change.on, accountIds });
  }
  const changes: DatedChange[] = [];
  for (const [id, { variant, kind, on, accountIds }] of found) {
    const packed = packBook({ ...contents, venues: withVenue(contents.venues, variant.venue) }, snapshot, scenarioSet);
    if (!packed.ok) return packed;
    const { title, source, why } = variant;
    const fromDays = Math.max(0, (Date.parse(`${on}T00:00:00Z`) - Date.parse(snapshot.asOf)) / DAY_MS);
    changes.push({ id, kind, title, on, source, why, accountIds, pack: packed.value, fromDays });
  }
  return succeed(changes.toSorted((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : left.id < right.id ? -1 : 1)));
}

function askedVariant({ accountId, key, value }: AskedChange, subject: Result<RuleSubject>): Result<RuleVariant> {
  if (!subject.ok) return subject;
  const tried = ruleVariants(subject.value, [{ key, value }]);
  if (!tried.ok) return tried;
  const variant = tried.value.variants.find((each) => each.kind === 'edited');
  return variant === undefined ? fail('invalidValue', `${accountId} has no rule ${key} that can be changed`) : succeed(variant);
}

function withVenue(venues: readonly Venue[], changed: Venue): Venue[] {
  return venues.map((each) => (each.id === changed.id ? changed : each));
}
