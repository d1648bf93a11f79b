/** What a chart on the screen lets the shell's commands do. */
export type ActiveChart = { readonly element: HTMLElement; readonly toggleTable: () => void };

const charts = new Set<ActiveChart>();

/** Makes a chart known for as long as it is on the screen. */
export function registerChart(chart: ActiveChart): () => void {
  charts.add(chart);
  return () => charts.delete(chart);
}

/** The chart in the panel that has the focus, else the first of the screen; null when there is none. */
export function activeChart(): ActiveChart | null {
  const panel = document.activeElement?.closest('[data-panel]') ?? null;
  const all = [...charts];
  return all.find((chart) => panel?.contains(chart.element) === true) ?? all[0] ?? null;
}
