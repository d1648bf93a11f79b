import type { HedgeLimits } from '../../../../main/contract/hedge-limits.ts';
import { fixed } from '../../../format/number.ts';
import { parseBudget } from '../hedge-rows.ts';

/** The limits as the sheet edits them: sums as text, empty = none. */
export type LimitFields = {
  readonly onlyReducing: boolean;
  readonly deltaBand: string;
  readonly turnover: string;
  readonly venueTurnover: string;
  /** Ids of instruments, between spaces or commas. */
  readonly exclude: string;
  readonly keep: ReadonlySet<string>;
};

/** Limits as fields. */
export function fieldsOf(limits: HedgeLimits): LimitFields {
  const sum = (usd: number | undefined): string => (usd === undefined ? '' : fixed(usd, 0));
  return {
    onlyReducing: limits.onlyReducing ?? false,
    deltaBand: sum(limits.deltaBandUsd),
    turnover: sum(limits.turnoverUsd),
    venueTurnover: sum(limits.venueTurnoverUsd),
    exclude: (limits.excludeInstrumentIds ?? []).join(' '),
    keep: new Set(limits.keepAccountIds ?? []),
  };
}

/** Which of the sums is not understood. */
export function wrongSums(fields: LimitFields): readonly ('deltaBand' | 'turnover' | 'venueTurnover')[] {
  return (['deltaBand', 'turnover', 'venueTurnover'] as const).filter((name) => parseBudget(fields[name]) === null);
}

/** Fields as limits, beside those that the sheet does not edit; what is empty is no limit. A sum that is not understood is none either. */
export function limitsOf(fields: LimitFields, former: HedgeLimits): HedgeLimits {
  const {
    onlyReducing: _r,
    deltaBandUsd: _d,
    turnoverUsd: _t,
    venueTurnoverUsd: _v,
    excludeInstrumentIds: _e,
    keepAccountIds: _k,
    ...others
  } = former;
  const deltaBandUsd = parseBudget(fields.deltaBand)?.budgetUsd ?? null;
  const turnoverUsd = parseBudget(fields.turnover)?.budgetUsd ?? null;
  const venueTurnoverUsd = parseBudget(fields.venueTurnover)?.budgetUsd ?? null;
  const exclude = fields.exclude.split(/[\s,]+/).filter((id) => id !== '');
  return {
    ...others,
    ...(fields.onlyReducing ? { onlyReducing: true } : {}),
    ...(deltaBandUsd === null ? {} : { deltaBandUsd }),
    ...(turnoverUsd === null ? {} : { turnoverUsd }),
    ...(venueTurnoverUsd === null ? {} : { venueTurnoverUsd }),
    ...(exclude.length === 0 ? {} : { excludeInstrumentIds: exclude }),
    ...(fields.keep.size === 0 ? {} : { keepAccountIds: [...fields.keep].toSorted() }),
  };
}

/** Whether nothing is limited. */
export function isUnlimited(limits: HedgeLimits): boolean {
  return Object.keys(limits).length === 0;
}

/** What the button to the limits says. */
export function limitsTitle(limits: HedgeLimits): string {
  const count = Object.keys(limits).length;
  return count === 0 ? 'Limits …' : `${count} limit${count === 1 ? '' : 's'} …`;
}
