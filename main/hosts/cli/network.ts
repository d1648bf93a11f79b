import type { Cell } from '../../contract/cell.ts';
import type { ExposureMatrix, NetworkMetric, NetworkResult, NodeFailure } from '../../contract/network.ts';
import { ofAnalysis } from './interconnection.ts';
import { dollars, listed, percent, ratio, table } from './table.ts';
import type { ExitCode } from './terminal.ts';
import type { Desk } from './workstation.ts';

/** `network`: what the book rests on, its metrics and loops, what the failure of one node costs, and which venue needs which protocol. */
export function showNetwork(desk: Desk): Promise<ExitCode> {
  return ofAnalysis(desk, ({ network }) => network, networkText);
}

const figureColumn = (heading: string) => ({ heading, isFigure: true });

function networkText({ nodes, edges, loops, underBacked, lookThrough, metrics, failures, exposures, unknown }: NetworkResult): string {
  const rows = lookThrough.byAsset.map((row) => [row.assetId, dollars(row.assetsUsd), dollars(row.debtsUsd), dollars(row.netUsd)]);
  const loopLines = loops.map(
    (loop) => `  ${loop.name}: gain ${loop.gain.toFixed(3)}, ${ratio(loop.turns)} turns, ${loop.members.length} members\n`,
  );
  return [
    `${nodes.length} nodes, ${edges.length} ties, as of ${metrics[0]?.asOf ?? 'an unknown time'}; oldest price ${hours(metrics[0]?.ageMs ?? 0)} old.\n\n`,
    metricTable(metrics),
    '\n',
    table([{ heading: 'Looks through to' }, ...['Owned', 'Owed', 'Net'].map(figureColumn)], rows),
    ...(loopLines.length === 0 ? ['\nNo loops.\n'] : ['\nLoops:\n', ...loopLines]),
    ...(underBacked.length === 0 ? [] : [`\nQuoted above their backing: ${listed(underBacked.map(({ assetId }) => assetId))}.\n`]),
    '\n',
    failureTable(failures),
    '\n',
    exposureTable(exposures),
    ...(unknown.length === 0 ? [] : ['\nNot known:\n', ...unknown.map((each) => `  ${each}\n`)]),
  ].join('');
}

function metricTable(metrics: readonly NetworkMetric[]): string {
  const columns = [{ heading: 'Metric' }, ...['Value', '24 h ago', 'Coverage'].map(figureColumn), { heading: 'Made of' }];
  const rows = metrics.map((metric) => [
    metric.title,
    metricText(metric, metric.value),
    typeof metric.dayBefore === 'number' ? metricText(metric, metric.dayBefore) : '–',
    percent(metric.coverageFraction),
    metric.meaning,
  ]);
  const why = new Set(metrics.flatMap(({ dayBefore }) => (typeof dayBefore === 'number' ? [] : [dayBefore.message])));
  return [table(columns, rows), ...[...why].map((message) => `  –: ${message}\n`)].join('');
}

function metricText({ unit }: NetworkMetric, value: Cell): string {
  if (typeof value !== 'number') return value.message;
  if (unit === 'fraction') return percent(value);
  const text = Number.isInteger(value) && unit === 'claims' ? String(value) : ratio(value);
  return unit === '×' ? `${text} ×` : text;
}

function failureTable(failures: readonly NodeFailure[]): string {
  const columns = [
    { heading: 'If this fails' },
    { heading: 'Kind' },
    ...['Direct', 'Looked through', 'Loss of equity'].map(figureColumn),
    { heading: 'Path' },
  ];
  return table(
    columns,
    failures.map((each) => [each.label, each.kind, dollars(each.directUsd), dollars(each.throughUsd), lossText(each.lossUsd), each.path]),
  );
}

function lossText(value: Cell): string {
  return typeof value === 'number' ? dollars(value) : value.message;
}

function exposureTable({ protocols, rows }: ExposureMatrix): string {
  const columns = [{ heading: 'Held at, needs' }, ...protocols.map(({ label }) => figureColumn(label)), figureColumn('Concentration')];
  return table(
    columns,
    rows.map((row) => [
      row.venueName,
      ...row.valueUsd.map((usd) => (usd === 0 ? '' : `${(usd / 1e6).toFixed(1)} M`)),
      row.concentration === null ? '' : row.concentration.toFixed(2),
    ]),
  );
}

function hours(ageMs: number): string {
  return ageMs < 7_200_000 ? `${Math.round(ageMs / 60_000)} min` : `${Math.round(ageMs / 3_600_000)} h`;
}
