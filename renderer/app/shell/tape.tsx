import type { ReactElement } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { fixed, signed, THIN_SPACE } from '../../format/number.ts';
import { instantWords } from '../../format/time.ts';

type Item = AnalysisResult['tape'][number];

const decimals: Record<Item['unit'], number> = { usd: 2, ratio: 4, percent: 2, points: 1 };
const units: Record<Item['unit'], string> = { usd: '', ratio: '', percent: `${THIN_SPACE}%`, points: '' };

/** What the market did: as many items as fit, the snapshot's time always last and never cut. */
export function Tape({ analysis }: { readonly analysis: AnalysisResult | null }): ReactElement {
  return (
    <div className="tape" role="group" aria-label="Market">
      <ul className="tape-items">
        {analysis?.tape.map((item) => (
          <li key={item.label}>
            <span className="secondary">{item.label}</span>
            <strong className="figure">{tapeValue(item)}</strong>
            {item.change !== null && <span className="figure secondary">{tapeChange(item.change, item.changeUnit)}</span>}
          </li>
        ))}
      </ul>
      {analysis !== null && <span className="tape-time figure">Snapshot {instantWords(analysis.snapshotAsOf)}</span>}
    </div>
  );
}

/** Value of a tape item in the unit it carries: prices with four decimals below 100, ratios with four. */
export function tapeValue(item: Pick<Item, 'value' | 'unit'>): string {
  const places = item.unit === 'usd' && Math.abs(item.value) < 100 ? 4 : decimals[item.unit];
  return `${fixed(item.value, places)}${units[item.unit]}`;
}

/** Change of a tape item in the unit it carries: percent, points of volatility, or basis points, always signed. */
export function tapeChange(change: number, unit: Item['changeUnit']): string {
  if (unit === 'percent') return `${signed(change, 1)}${THIN_SPACE}%`;
  if (unit === 'points') return `${signed(change, 1)}${THIN_SPACE}pt`;
  return `${signed(change, 1)}${THIN_SPACE}bp`;
}
