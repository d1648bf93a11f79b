import type { HedgeLimits } from '../../../contract/hedge-limits.ts';
import { fail, succeed } from '../../../domain/failure.ts';
import type { Result } from '../../../domain/failure.ts';
import { mandatesOf } from './mandates.ts';
import type { Candidate } from '../proposals/candidates.ts';
import type { Setting } from '../setting.ts';

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
  const without = new Set(limits.excludeKinds);
  const { accountIds, instruments, packed } = setting.pack;
  const isBarred = (row: number): boolean =>
    kept.has(accountIds[packed.positions.account[row] ?? -1] ?? '') || excluded.has(instruments[row]?.id ?? '');
  const isAllowed = ({ kind, isReducing, changes }: Candidate): boolean =>
    (limits.onlyReducing !== true || isReducing) && !without.has(kind) && !changes.some(({ row }) => isBarred(row));
  const mandates = [...setting.mandates, ...mandatesOf(setting, limits)];
  const { leastTradeUsd = setting.leastTradeUsd } = limits;
  return succeed({ ...setting, candidates: setting.candidates.filter(isAllowed), mandates, leastTradeUsd });
}
