import { useEffect, useRef, useState } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import type { WhatIf, WhatIfColumn, WhatIfQuick } from '../../../main/contract/what-if.ts';
import type { Failure } from '../../../main/domain/failure.ts';
import { useCall, useJob } from '../../client/queries.ts';

/** Everything that is known of the hypothetical book shown. Figures of the cascades may be older than the last edit. */
export type WhatIfFigures = {
  readonly quick: WhatIfQuick | null;
  readonly full: AnalysisResult | null;
  readonly columns: readonly WhatIfColumn[];
  /** The cascades of the last edit are still under way: `full` and its column are of the book before it. */
  readonly isStale: boolean;
  readonly failure: Failure | null;
  readonly runId: string | null;
};

/** Columns compared at a time, the live book among them. */
const COLUMNS = 4;

/** Values at once and the full analysis after each edit; a newer edit stops the analysis of the former. */
export function useWhatIf(shown: WhatIf, all: readonly WhatIf[]): WhatIfFigures {
  const quick = useCall('whatIf.quick', { id: shown.id });
  const { start, cancel, runId } = useJob('whatIf.analyse');
  const compare = useJob('whatIf.compare').start;
  const [full, setFull] = useState<{ readonly key: string; readonly value: AnalysisResult } | null>(null);
  const [failed, setFailed] = useState<{ readonly key: string; readonly failure: Failure } | null>(null);
  const [columns, setColumns] = useState<readonly WhatIfColumn[]>([]);
  const key = `${shown.id} ${shown.edits.map((edit) => edit.id).join(' ')}`;
  const others = all.flatMap((each) => (each.id === shown.id ? [] : [each.id]));
  const ids = ['live', shown.id, ...others].slice(0, COLUMNS).join(' ');
  const wanted = useRef('');
  useEffect(() => {
    const mine = `${key}|${ids}`;
    if (wanted.current === mine) return;
    wanted.current = mine;
    cancel();
    void (async () => {
      const result = await start({ id: shown.id });
      if (wanted.current !== mine) return;
      if (!result.ok) {
        setFailed({ key, failure: result.failure });
        return;
      }
      setFull({ key, value: result.value });
      const compared = await compare({ ids: ids.split(' ') });
      if (wanted.current === mine && compared.ok) setColumns(compared.value);
    })();
  }, [key, ids, shown.id, start, cancel, compare]);
  return {
    quick: quick.value,
    full: full?.value ?? null,
    columns,
    isStale: full?.key !== key,
    failure: failed?.key === key ? failed.failure : quick.failure,
    runId,
  };
}
