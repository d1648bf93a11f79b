import type { WhatIfQuick } from '../../contract/what-if.ts';
import { succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
import { evaluateAccounts, makeAccountMeasures } from '../../engine/packed/evaluate-accounts.ts';
import { FAMILY } from '../../engine/packed/packed-book.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import { packBook } from '../pack.ts';

/** Equity, requirement, excess and use of every account with the market where it stands: no shock, no cascade. */
export function quickValues({ contents, snapshot, scenarioSet }: AnalysisInputs): Result<WhatIfQuick> {
  const packed = packBook(contents, snapshot, scenarioSet);
  if (!packed.ok) return packed;
  const { packed: book, accountIds } = packed.value;
  const measures = makeAccountMeasures(book.accounts.count);
  evaluateAccounts(book, book.initial, measures);
  const isCustody = (account: number): boolean => book.accounts.family[account] === FAMILY.custody;
  const requirementUsd = sumAccurate(measures.requirementUsd);
  const resourcesUsd = sumAccurate(measures.resourcesUsd.map((value, account) => (isCustody(account) ? 0 : value)));
  return succeed({
    equityUsd: sumAccurate(measures.equityUsd),
    requirementUsd,
    useFraction: resourcesUsd > 0 ? requirementUsd / resourcesUsd : null,
    accounts: accountIds.map((accountId, account) => {
      const resources = measures.resourcesUsd[account] ?? 0;
      const required = measures.requirementUsd[account] ?? 0;
      return {
        accountId,
        equityUsd: measures.equityUsd[account] ?? 0,
        requirementUsd: required,
        excessUsd: isCustody(account) ? null : (measures.excessUsd[account] ?? 0),
        useFraction: isCustody(account) || !(resources > 0) ? null : required / resources,
      };
    }),
  });
}
