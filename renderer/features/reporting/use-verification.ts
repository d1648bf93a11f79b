import { useCallback, useState } from 'react';
import type { ReportVerdict } from '../../../main/contract/reporting.ts';
import { LARGEST_UPLOAD_BYTES, sourceOf, type ImportSource } from '../../client/file-source.ts';
import { useJob } from '../../client/queries.ts';
import type { Failure } from '../../../main/domain/failure.ts';
import { fileSize } from '../../format/time.ts';
import { notify } from '../../parts/notify.tsx';

/** The verification of one report file: what was asked last, how it goes, and what came out. */
export type Verification = {
  readonly runId: string | null;
  /** Name of the file that was asked last. */
  readonly name: string | null;
  readonly verdict: ReportVerdict | null;
  readonly failure: Failure | null;
  readonly verifyFile: (file: File | undefined) => Promise<void>;
  readonly verifyPath: (path: string) => void;
};

/** Verifies report files one at a time: dropped, chosen, or by their path. */
export function useVerification(): Verification {
  const job = useJob('report.verify');
  const { start, runId, result, clear } = job;
  const [name, setName] = useState<string | null>(null);
  const verify = useCallback(
    (source: ImportSource, title: string) => {
      clear();
      setName(title);
      void start({ source });
    },
    [clear, start],
  );
  const verifyFile = async (file: File | undefined): Promise<void> => {
    if (file === undefined || runId !== null) return;
    if (file.size > LARGEST_UPLOAD_BYTES) {
      notify({ tone: 'watch', fact: `${file.name} is too large to drop`, reason: `${fileSize(file.size)}; give its path instead.` });
      return;
    }
    verify(await sourceOf(file), file.name);
  };
  return {
    runId,
    name,
    verdict: runId === null && result?.ok === true ? result.value : null,
    failure: runId === null && result?.ok === false ? result.failure : null,
    verifyFile,
    verifyPath: (path) => verify({ path }, path.split(/[/\\]/).at(-1) ?? path),
  };
}
