import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Cell } from '../contract/cell.ts';
import type { CallContext, ParsedInputOf, Services } from '../contract/contract.ts';
import type { RuleMeasures, RuleSetComparison, RuleSetRow } from '../contract/rule-set.ts';
import { succeed, type Result } from '../domain/failure.ts';
import { EMPTY_DEBT } from '../engine/packed/evaluate-accounts.ts';
import { FAMILY } from '../engine/packed/packed-book.ts';
import { readVenues } from '../market/venue-file.ts';
import type { Pool } from '../pool/pool-types.ts';
import { readInputs } from './analysis.ts';
import { moveOrNull, unpricedObligation } from './analysis/account-results.ts';
import { money } from './analysis/words.ts';
import { runDistances } from './analysis/engine-jobs.ts';
import type { AnalysisInputs } from './analysis/engine-run.ts';
import { packBook, type PackResult } from './pack.ts';
import { lendingMeasures } from './rule-set/lending-measures.ts';
import { ruleSubject, type RuleSubject } from './rule-set/rule-subject.ts';
import { ruleVariants, type RuleVariant } from './rule-set/rule-variants.ts';
import type { Session } from './session.ts';

export type RuleSetServiceDeps = { readonly session: Session; readonly pool: Pool; readonly resourcesFolder: string };

/** Judges an account's positions by the rules in force and by others; answers from memory when nothing has changed. */
export function createRuleSetServices(deps: RuleSetServiceDeps): Pick<Services, 'ruleSet.compare'> {
  return { 'ruleSet.compare': (input, context) => compareRules(deps, input, context) };
}

type Work = { readonly inputs: AnalysisInputs; readonly pool: Pool; readonly context: CallContext };

async function compareRules(
  { session, pool, resourcesFolder }: RuleSetServiceDeps,
  { accountId, edits }: ParsedInputOf<'ruleSet.compare'>,
  context: CallContext,
): Promise<Result<RuleSetComparison>> {
  const started = performance.now();
  const book = session.book();
  if (!book.ok) return book;
  const inputs = readInputs(book.value, {});
  if (!inputs.ok) return inputs;
  const { contents, snapshot, scenarioSet } = inputs.value;
  const key = createHash('sha256')
    .update(JSON.stringify([book.value.digest(), snapshot.id, scenarioSet, accountId, edits]))
    .digest('hex');
  const known = session.ruleSet.get(key);
  if (known !== null) {
    // The answer asked for last is the one whose numbers are explained.
    session.ruleSet.set(key, known);
    return succeed(known);
  }
  const shipped = readVenues(join(resourcesFolder, 'venues'));
  if (!shipped.ok) return shipped;
  const packed = packBook(contents, snapshot, scenarioSet);
  if (!packed.ok) return packed;
  const surroundings = { contents, shippedVenues: shipped.value, snapshotDay: snapshot.asOf.slice(0, 10) };
  const subject = ruleSubject(accountId, packed.value, surroundings);
  if (!subject.ok) return subject;
  const chosen = ruleVariants(subject.value, edits);
  if (!chosen.ok) return chosen;
  const { variants, rules } = chosen.value;
  const rows = await judgeAll(variants, subject.value, { inputs: inputs.value, pool, context });
  if (!rows.ok) return rows;
  const comparison: RuleSetComparison = {
    accountId,
    venueName: subject.value.venue.name,
    snapshotAsOf: snapshot.asOf,
    rows: rows.value,
    editable: rules.map(({ key: rule, label, value, unit }) => ({ key: rule, label, value, unit })),
    elapsedMs: performance.now() - started,
  };
  session.ruleSet.set(key, comparison);
  return succeed(comparison);
}

/** One row after the other: each packs the whole book anew, and the workers keep few packed books. Equal books are judged once. */
async function judgeAll(variants: readonly RuleVariant[], subject: RuleSubject, work: Work): Promise<Result<RuleSetRow[]>> {
  const judged = new Map<string, RuleMeasures>();
  const rows: RuleSetRow[] = [];
  for (const [done, variant] of variants.entries()) {
    work.context.progress('Comparing rules', done, variants.length);
    const { venue, marketId, ...row } = variant;
    const said = { ...row, findings: [...row.findings], notes: venue.parameters.notes };
    if (variant.status === 'not eligible') {
      rows.push({ ...said, measures: null });
      continue;
    }
    const moved = underRules(subject, { venue, marketId });
    const { snapshot, scenarioSet } = work.inputs;
    const packed = packBook(moved, snapshot, scenarioSet);
    if (!packed.ok) {
      rows.push({ ...said, status: 'not eligible', why: packed.failure.message, measures: null });
      continue;
    }
    const key = `${packed.value.packed.id} ${venue.id} ${marketId ?? ''}`;
    const measures = judged.get(key);
    const fresh = measures === undefined ? await measure(packed.value, { subject, venue, marketId }, work) : succeed(measures);
    if (!fresh.ok) return fresh;
    judged.set(key, fresh.value);
    rows.push({ ...said, ...verdict(variant, fresh.value), measures: fresh.value });
  }
  return succeed(rows);
}

/** What the measures make of a row's status: positions that fall at once, or that another venue or mode would not open. */
function verdict({ kind, why }: RuleVariant, measures: RuleMeasures): Partial<Pick<RuleSetRow, 'status' | 'why'>> {
  const { excessUsd, availableBorrowUsd } = measures;
  if (typeof excessUsd === 'number' && excessUsd < 0) {
    return { status: 'falls at once', why: `${money(-excessUsd)} USD are missing under these rules. ${why}` };
  }
  const isMove = kind === 'venue' || kind === 'efficiencyMode';
  if (!isMove || typeof availableBorrowUsd !== 'number' || availableBorrowUsd >= 0) return {};
  return { status: 'lends too little', why: `It would hold there, but ${money(-availableBorrowUsd)} USD less can be borrowed. ${why}` };
}

/** The book with the venue's rules replaced for everybody there, and the account moved to the variant's market. */
function underRules({ contents, account }: RuleSubject, { venue, marketId }: Pick<RuleVariant, 'venue' | 'marketId'>) {
  const isKnown = contents.venues.some((each) => each.id === venue.id);
  return {
    ...contents,
    venues: isKnown ? contents.venues.map((each) => (each.id === venue.id ? venue : each)) : [...contents.venues, venue],
    accounts: contents.accounts.map((each) => (each.id === account.id ? { ...each, venueId: venue.id, marketId } : each)),
  };
}

type Judged = Pick<RuleVariant, 'venue' | 'marketId'> & { readonly subject: RuleSubject };

async function measure(pack: PackResult, { subject, venue, marketId }: Judged, work: Work): Promise<Result<RuleMeasures>> {
  const a = pack.accountIndex.get(subject.account.id) ?? 0;
  const { pool, context, inputs } = work;
  pool.share(pack.packed.id, pack.packed);
  // The search reports progress of its own, which would run back and forth with every row.
  const quiet = { signal: context.signal, progress: () => undefined };
  const [values, distances] = await Promise.all([
    pool.run({ name: 'value', inputs: [{ packedId: pack.packed.id, quantities: null }] }, context.signal),
    runDistances({ inputs, pack, pool, context: quiet }, a),
  ]);
  if (!values.ok) return values;
  if (!distances.ok) return distances;
  const accounts = values.value[0]?.accounts;
  const unpriced = unpricedObligation(pack, a);
  const judged = (value: number | undefined): Cell => unpriced ?? value ?? 0;
  const resources = accounts?.resourcesUsd[a] ?? 0;
  const requirement = accounts?.requirementUsd[a] ?? 0;
  const family = pack.packed.accounts.family[a] ?? 0;
  const isLending = family !== FAMILY.custody && family < FAMILY.tieredPerpetual;
  const { alone, joint, byDriver } = distances.value;
  return succeed({
    resourcesUsd: judged(resources),
    requirementUsd: judged(requirement),
    excessUsd: judged(accounts?.excessUsd[a]),
    healthFactor: isLending ? judged(requirement > EMPTY_DEBT ? resources / requirement : Infinity) : null,
    aloneMove: moveOrNull(alone[a]),
    jointMove: moveOrNull(joint[a]),
    byDriver: pack.driverIds.map((driver, d) => ({
      driver,
      downMove: moveOrNull(byDriver[d]?.down[a]),
      upMove: moveOrNull(byDriver[d]?.up[a]),
    })),
    ...(isLending
      ? lendingMeasures(pack, a, { venue, marketId, snapshot: inputs.snapshot })
      : { availableBorrowUsd: null, interestDays: null, ratePointUsd: null }),
  });
}
