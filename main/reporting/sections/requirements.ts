import type { AccountResult, AnalysisResult, PositionResult } from '../../contract/analysis.ts';
import { excessChart } from '../charts.ts';
import { cellValue, figure, isFailure, millions, move, plain, share } from '../format.ts';
import { left, number, right, words, type ReportCell, type ReportSection } from '../report-model.ts';
import { section } from './decision.ts';

/** Book summary by venue, what each account requires, where each driver alone liquidates it, and every position. */
export function requirementSections(analysis: AnalysisResult): ReportSection[] {
  return [venues(analysis), accounts(analysis), liquidationPoints(analysis), positions(analysis)];
}

function venues(analysis: AnalysisResult): ReportSection {
  const rows = analysis.venues.map((venue): ReportCell[] => [
    words(venue.venueName, { isStrong: true }),
    number(venue.equityUsd, millions(venue.equityUsd)),
    number(venue.requirementUsd, millions(venue.requirementUsd)),
    number(venue.useFraction, share(venue.useFraction), { state: venue.state }),
  ]);
  const total: ReportCell[] = [
    words('Book', { isStrong: true }),
    number(analysis.totals.equityUsd, millions(analysis.totals.equityUsd), { isStrong: true }),
    number(analysis.totals.requirementUsd, millions(analysis.totals.requirementUsd), { isStrong: true }),
    number(analysis.totals.useFraction, share(analysis.totals.useFraction), { isStrong: true }),
  ];
  return section({
    id: 'venues',
    title: 'Book summary',
    caption: 'M USD',
    startsPage: true,
    tables: [{ id: 'venues', columns: [left('Venue', 3), right('Equity'), right('Requirement'), right('Use')], rows: [...rows, total] }],
  });
}

function accounts(analysis: AnalysisResult): ReportSection {
  const columns = [
    left('Account', 2),
    left('Venue', 2),
    right('Equity'),
    right('Initial'),
    right('Requirement'),
    right('Excess'),
    right('Health'),
    right('Use'),
    left('What binds', 4),
  ];
  return section({
    id: 'requirements',
    title: 'Requirements',
    caption: 'M USD; requirement = debt or maintenance margin',
    tables: [{ id: 'requirements', columns, rows: analysis.accounts.map(accountRow) }],
    charts: [excessChart(analysis.accounts.filter((account) => account.state !== 'none'))],
  });
}

function accountRow(account: AccountResult): ReportCell[] {
  return [
    words(account.accountId, { isStrong: true, state: account.state }),
    words(account.venueName),
    number(cellValue(account.equityUsd), millions(account.equityUsd)),
    number(cellValue(account.initialRequirementUsd), millions(account.initialRequirementUsd)),
    number(cellValue(account.maintenanceRequirementUsd), millions(account.maintenanceRequirementUsd)),
    number(cellValue(account.excessUsd), millions(account.excessUsd), { isStrong: true }),
    number(cellValue(account.healthFactor), plain(account.healthFactor, 3)),
    number(cellValue(account.useFraction), share(account.useFraction), { state: account.state }),
    words(account.binding),
  ];
}

function liquidationPoints(analysis: AnalysisResult): ReportSection {
  const rows = analysis.accounts.flatMap((account) =>
    account.liquidationPoints.map((point): ReportCell[] => [
      words(account.accountId, { isStrong: true }),
      words(point.driver),
      number(point.downMove, move(point.downMove)),
      number(point.downPriceUsd, plain(point.downPriceUsd, 2)),
      number(point.upMove, move(point.upMove)),
      number(point.upPriceUsd, plain(point.upPriceUsd, 2)),
    ]),
  );
  const columns = [left('Account', 2), left('Driver', 1), right('Fall'), right('Price'), right('Rise'), right('Price')];
  return section({
    id: 'liquidation-points',
    title: 'Liquidation price per driver',
    caption: 'that driver alone moving, USD; never = cannot be liquidated by it alone',
    tables: [{ id: 'liquidation-points', columns, rows }],
  });
}

function positions(analysis: AnalysisResult): ReportSection {
  const columns = [
    left('Account', 2),
    left('Instrument', 4),
    right('Quantity'),
    right('Mark'),
    right('IV, %'),
    right('Value, k'),
    right('Delta, coin'),
    right('Gamma, k'),
    right('Vega, k'),
    right('Theta, k'),
    right('Req., k'),
  ];
  return section({
    id: 'positions',
    title: 'Positions',
    caption: 'values and Greeks of the whole position; k USD; gamma per 1 %, vega per point, theta per day',
    tables: [{ id: 'positions', columns, rows: analysis.positions.map(positionRow) }],
  });
}

function positionRow(position: PositionResult): ReportCell[] {
  const thousands = (cell: PositionResult['valueUsd'] | null): ReportCell => {
    const value = cellValue(cell);
    return number(value, value === null ? plain(cell, 1) : figure(value / 1e3, 1));
  };
  const volatility = cellValue(position.impliedVolatility);
  const mark = cellValue(position.mark);
  return [
    words(position.accountId),
    words(position.instrumentName, {
      isStrong: true,
      ...(isFailure(position.valueUsd) ? { state: 'danger' as const } : position.isStale ? { state: 'watch' as const } : {}),
    }),
    { text: grouped(position.quantity), value: position.quantity },
    number(mark, plain(position.mark, mark !== null && mark < 1 ? 5 : 2)),
    number(volatility, volatility === null ? '–' : figure(volatility * 100, 1)),
    thousands(position.valueUsd),
    number(cellValue(position.deltaCoin), plain(position.deltaCoin, 1)),
    thousands(position.gammaUsdPerPercent),
    thousands(position.vegaUsdPerPoint),
    thousands(position.thetaUsdPerDay),
    thousands(position.requirementUsd),
  ];
}

function grouped(quantity: string): string {
  const [whole = '', part] = quantity.split('.');
  return `${whole.replace('-', '−').replace(/\B(?=(\d{3})+(?!\d))/g, ',')}${part === undefined ? '' : `.${part}`}`;
}
