import type { ChartFormat } from './chart-format.ts';

/** What a chart on the screen lets the shell's commands do. */
export type ActiveChart = {
  readonly element: HTMLElement;
  readonly toggleTable: () => void;
  readonly save: (format: ChartFormat) => void;
};

const charts = new Set<ActiveChart>();

/** Makes a chart known for as long as it is on the screen. */
export function registerChart(chart: ActiveChart): () => void {
  charts.add(chart);
  return () => charts.delete(chart);
}

/** The chart in the panel that has the focus, else the first of the screen; null when there is none. */
export function activeChart(): ActiveChart | null {
  return chartIn(document.activeElement) ?? [...charts][0] ?? null;
}

/** The chart in the panel around an element; null when it has none. */
export function chartIn(element: Element | null): ActiveChart | null {
  const panel = element?.closest('[data-panel]') ?? null;
  return [...charts].find((chart) => panel?.contains(chart.element) === true) ?? null;
}
