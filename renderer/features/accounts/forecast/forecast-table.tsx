import type { ReactElement } from 'react';
import type { Drawn, ForecastAccount, ForecastHorizon } from '../../../../main/contract/forecast.ts';
import type { CoverageRow, ForecastCoverage } from '../../../../main/contract/forecast-coverage.ts';
import { millions, thousands } from '../../../format/money.ts';
import { fixed, NOT_APPLICABLE } from '../../../format/number.ts';
import { percentFigure } from '../../../format/share.ts';
import { Explain } from '../../../parts/explain.tsx';
import { hoursText } from './forecast-chart.ts';

const HEADS = [
  'Need 95 %, M',
  'Excess 5 %, M',
  'Call, %',
  'Liquidated, %',
  '95 of 100',
  'Joint, %',
  'Cash, end, k',
  'Cash, way, k',
  'Held at 5 %',
] as const;

const VERDICTS: Readonly<Record<CoverageRow['verdict'], string>> = {
  holds: '● holds',
  tooManyHits: '◆ too many',
  tooFewHits: '◐ too few',
  clustered: '◐ clustered',
  notEnough: 'not enough',
};

type Props = { readonly account: ForecastAccount; readonly coverage: ForecastCoverage | null; readonly alpha: number };

/** Chances and the cash that lowers them, a row per time; and whether such forecasts held on the days that judge. */
export function ForecastTable({ account, coverage, alpha }: Props): ReactElement {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Within</th>
          {HEADS.map((head) => (
            <th
              key={head}
              scope="col"
              className="right"
              title={head.startsWith('Cash') ? `for a chance of ${percentFigure(alpha)} %` : undefined}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {account.horizons.map((horizon) => (
          <Row key={horizon.hours} accountId={account.accountId} horizon={horizon} coverage={coverage} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  accountId,
  horizon,
  coverage,
}: Pick<Props, 'coverage'> & { readonly accountId: string; readonly horizon: ForecastHorizon }): ReactElement {
  const subjectId = `${accountId} ${horizon.hours}`;
  const held = coverage?.rows.find(
    (row) => row.accountId === accountId && row.hours === horizon.hours && row.level === 0.05 && row.split === 'judged',
  );
  const figure = (name: string, text: string): ReactElement => (
    <td className="right">
      <Explain metric={`forecast.horizons.${name}`} subjectId={subjectId}>
        {text}
      </Explain>
    </td>
  );
  return (
    <tr>
      <th scope="row">{hoursText(horizon.hours)}</th>
      {figure('requirementUsd', millions(horizon.requirementUsd.find((each) => each.level === 0.95)?.value))}
      {figure('excessUsd', millions(horizon.excessUsd.find((each) => each.level === 0.05)?.value))}
      {figure('callProbability', chanceText(horizon.callProbability))}
      {figure('liquidationProbability', chanceText(horizon.liquidationProbability))}
      <td className="right muted">
        {fixed(100 * horizon.liquidationProbability.from, 1)}–{fixed(100 * horizon.liquidationProbability.to, 1)}
      </td>
      {figure('jointProbability', chanceText(horizon.jointProbability))}
      {figure('headroomUsd', thousands(horizon.headroomUsd.value))}
      {figure('survivalHeadroomUsd', thousands(horizon.survivalHeadroomUsd.value))}
      <td
        className="right secondary"
        title={held === undefined ? 'Judge the forecasts to see' : `${held.hits} of ${held.count} outcomes lay below`}
      >
        {held === undefined ? NOT_APPLICABLE : VERDICTS[held.verdict]}
      </td>
    </tr>
  );
}

/** One decimal; none of so many paths is not never. */
function chanceText({ value, to }: Drawn): string {
  return value === 0 && to > 0 ? `<${fixed(100 * to, 1)}` : percentFigure(value);
}
