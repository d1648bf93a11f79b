import type { AccountResult, AnalysisResult, PositionResult } from '../../contract/analysis.ts';
import { excessChart } from '../charts/excess-chart.ts';
import { cellValue, figure, isFailure, millions, move, plain, share } from '../format.ts';
import { left, number, right, words, type ReportCell, type ReportSection } from '../report-model.ts';
import { section } from './section.ts';

/** Book summary by venue and looked through, what each account requires, and where each driver alone liquidates it. */
export function requirementSections(analysis: AnalysisResult): ReportSection[] {
  return [venues(analysis), lookThrough(analysis), accounts(analysis), liquidationPoints(analysis)];
}

/** Every position, last: the longest table, and the one nobody signs. */
export function positionSections(analysis: AnalysisResult): ReportSection[] {
  return [positions(analysis)];
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
    span: 'half',
    tables: [{ id: 'venues', columns: [left('Venue', 3), right('Equity'), right('Requirement'), right('Use')], rows: [...rows, total] }],
  });
}

function lookThrough(analysis: AnalysisResult): ReportSection {
  const rows = analysis.network.lookThrough.byAsset.map((item): ReportCell[] => [
    words(item.assetId, { isStrong: true }),
    number(item.assetsUsd, millions(item.assetsUsd)),
    number(item.debtsUsd, millions(item.debtsUsd)),
    number(item.netUsd, millions(item.netUsd), { isStrong: true }),
  ]);
  return section({
    id: 'look-through',
    title: 'Looked through',
    caption: 'M USD, claims opened up',
    span: 'half',
    tables: [{ id: 'look-through', columns: [left('Asset', 2), right('Assets'), right('Debts'), right('Net')], rows }],
  });
}

function accounts(analysis: AnalysisResult): ReportSection {
  const columns = [
    left('Account', 4),
    left('Venue', 3),
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
    caption: 'M USD; requirement = debt or maintenance margin; drawn: the nearest to falling, nobody else reacting',
    tables: [{ id: 'requirements', columns, rows: analysis.accounts.map(accountRow), legend: '◆ in danger, ▲ to watch' }],
    charts: [excessChart(analysis.accounts.filter((account) => account.state !== 'none'))],
  });
}

/** A state must be readable without colour. */
const STATE_MARK = { danger: '\u00a0◆', watch: '\u00a0▲', safe: '', none: '' } as const;

function accountRow(account: AccountResult): ReportCell[] {
  return [
    words(`${account.accountId}${STATE_MARK[account.state]}`, { isStrong: true, state: account.state }),
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

/** One row per account: for each driver the fall and the rise that liquidate it, with their prices. */
function liquidationPoints(analysis: AnalysisResult): ReportSection {
  const drivers = [...new Set(analysis.accounts.flatMap((account) => account.liquidationPoints.map(({ driver }) => driver)))];
  const rows = analysis.accounts
    .filter((account) => account.liquidationPoints.length > 0)
    .map((account): ReportCell[] => [
      words(account.accountId, { isStrong: true }),
      ...drivers.flatMap((driver) => pointCells(account.liquidationPoints.find((point) => point.driver === driver))),
    ]);
  const heads = drivers.flatMap((driver) => [`${driver} falls`, 'to, USD', `${driver} rises`, 'to, USD']);
  return section({
    id: 'liquidation-points',
    title: 'Liquidation price per driver',
    caption: 'that driver alone moving; never = cannot be liquidated by it alone',
    tables: [{ id: 'liquidation-points', columns: [left('Account', 2), ...heads.map(right)], rows }],
  });
}

function pointCells(point: AccountResult['liquidationPoints'][number] | undefined): ReportCell[] {
  const { downMove = null, downPriceUsd = null, upMove = null, upPriceUsd = null } = point ?? {};
  return [
    number(downMove, move(downMove)),
    number(downPriceUsd, plain(downPriceUsd, 2)),
    number(upMove, move(upMove)),
    number(upPriceUsd, plain(upPriceUsd, 2)),
  ];
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
