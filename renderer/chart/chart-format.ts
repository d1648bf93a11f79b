/** What a chart can be saved as: a picture of points or of lines, or its numbers. */
export const chartFormats = ['png', 'svg', 'csv'] as const;
export type ChartFormat = (typeof chartFormats)[number];

/** Name of the file of a chart: the first clause of its label in plain letters. */
export function chartFileName(label: string, format: ChartFormat): string {
  const words = label
    .split(/[;,:]/)[0]
    ?.normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${words === undefined || words === '' ? 'chart' : words}.${format}`;
}
