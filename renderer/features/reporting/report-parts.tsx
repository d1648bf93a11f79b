import type { ReactElement } from 'react';
import type { ReportPart } from '../../../main/contract/reporting.ts';

/** What a report holds, and what it could hold but does not; told apart by mark and word, not by colour. */
export function ReportParts({ parts }: { readonly parts: readonly ReportPart[] }): ReactElement {
  return (
    <ul className="report-parts">
      {parts.map(({ name, detail, isIn }) => (
        <li key={name} className={isIn ? '' : 'report-part-missing'}>
          <span aria-hidden="true">{isIn ? '●' : '○'}</span>
          <strong>{name}</strong>
          <span className="secondary">{isIn ? detail : `not in it: ${detail}`}</span>
        </li>
      ))}
    </ul>
  );
}
