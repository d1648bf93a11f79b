import type { HedgeLimits } from '../../contract/hedge-limits.ts';
import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { mandatesOf } from './mandates.ts';
import type { Candidate } from './proposals/candidates.ts';
import type { Setting } from './setting.ts';

/** The setting with what the trader allows; a name that the book does not know is refused, since it would limit nothing. */
export function within(setting: Setting, limits: HedgeLimits | undefined): Result<Setting> {
  if (limits === undefined) return succeed(setting);
  const kept = new Set(limits.keepAccountIds);
  const excluded = new Set(limits.excludeInstrumentIds);
  const { book } = setting;
  const noAccount = [...kept].find((id) => !book.accounts.has(id));
  if (noAccount !== undefined) return fail('notFound', `limits: no account ${noAccount} in the book`);
  const noInstrument = [...excluded].find((id) => book.instrument(id) === undefined);
  if (noInstrument !== undefined) return fail('notFound', `limits: no instrument ${noInstrument} in the book or its market`);
  const isAllowed = ({ target, payer, isReducing }: Candidate): boolean =>
    (limits.onlyReducing !== true || isReducing) &&
    ![target, payer].some((row) => kept.has(row.accountId) || excluded.has(row.instrumentId));
  return succeed({ ...setting, candidates: setting.candidates.filter(isAllowed), mandates: mandatesOf(setting, limits) });
}
