import type { ReportSection } from '../report-model.ts';

/** A section without tables, charts or text yet. */
export function section(part: Pick<ReportSection, 'id' | 'title' | 'caption'> & Partial<ReportSection>): ReportSection {
  return { span: 'full', startsPage: false, paragraphs: [], tables: [], charts: [], ...part };
}
