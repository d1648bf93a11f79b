import type { ReportResults, Sensitivity } from '../../contract/report-record.ts';
import { figure, millions, share } from '../format.ts';
import { left, number, right, words, type ReportCell, type ReportSection } from '../report-model.ts';
import { section } from './section.ts';

/** Every assumption that was moved, with how far; and nothing where there is no suggestion to try. */
export function sensitivitySections({ hedge }: ReportResults): ReportSection[] {
  if (hedge === null) return [];
  const rows = hedge.sensitivities.map((each) => {
    const [first, ...rest] = sensitivityRow(each, '');
    return [...(first === undefined ? [] : [first]), words(each.moved), ...rest];
  });
  const columns = [left('If', 4), left('Moved', 4), right('ES, M'), right('Change'), right('Any liquid.'), left('Then falls', 4)];
  return [
    section({
      id: 'sensitivities',
      title: 'Every assumption that was moved',
      caption: 'the hedged book run again in full, all else kept; largest harm first',
      tables: [{ id: 'sensitivities', columns, rows }],
    }),
  ];
}

/** If, expected shortfall, its change, any liquidation, and who falls. */
export function sensitivityRow(each: Sensitivity, prefix: string): ReportCell[] {
  const { assumption, expectedShortfallUsd, changeUsd, anyLiquidationFraction, falls } = each;
  const names = falls.map(({ accountId, round }) => `${accountId} r${round}`.replace(' ', '\u00a0'));
  return [
    words(`${prefix}${assumption}`, { isStrong: prefix !== '' }),
    number(expectedShortfallUsd, millions(expectedShortfallUsd), { isStrong: true }),
    number(changeUsd, `${changeUsd > 0 ? '+' : ''}${figure(changeUsd / 1e6, 2)}`),
    number(anyLiquidationFraction, share(anyLiquidationFraction)),
    words(names.length === 0 ? 'nobody more' : names.join(', '), names.length === 0 ? {} : { state: 'danger' }),
  ];
}
