import { useCallback, useState } from 'react';
import type { ImportAnswers, ImportFormat, ImportPreview } from '../../../main/contract/importing.ts';
import type { OutputOf } from '../../../main/contract/contract.ts';
import type { Failure } from '../../../main/domain/failure.ts';
import { undo } from '../../parts/book-actions.ts';
import { bookChanged, useJob } from '../../client/queries.ts';
import { counted } from '../../format/number.ts';
import { notify, notifyFailure } from '../../parts/notify.tsx';
import type { ImportSource } from '../../client/file-source.ts';

type Question = ImportPreview['questions'][number];

/** Where the import stands: nothing chosen, previewed, or written. */
export type ImportState = {
  readonly source: ImportSource | null;
  readonly format: ImportFormat;
  readonly answers: ImportAnswers;
  /** Every question that came up, also those that are answered, so that an answer can be changed. */
  readonly questions: readonly Question[];
  readonly preview: ImportPreview | null;
  readonly failure: Failure | null;
  readonly written: OutputOf<'import.commit'> | null;
};

const nothing: ImportState = { source: null, format: 'auto', answers: {}, questions: [], preview: null, failure: null, written: null };

/** The steps of an import: read and preview, answer, write. Nothing is written before the last. */
export function useImport(): ImportState & {
  readonly runId: string | null;
  readonly setFormat: (format: ImportFormat) => void;
  readonly read: (source: ImportSource) => void;
  readonly answer: (id: Question['id'], value: string) => void;
  readonly write: () => void;
  readonly restart: () => void;
} {
  const [state, setState] = useState(nothing);
  const preview = useJob('import.preview');
  const { start } = preview;
  const commit = useJob('import.commit');
  const look = useCallback(
    async (source: ImportSource, format: ImportFormat, answers: ImportAnswers) => {
      setState((former) => ({ ...former, source, format, answers, failure: null, written: null }));
      const result = await start({ source, format, answers });
      if (!result.ok) {
        setState((former) => ({ ...former, preview: null, failure: result.failure }));
        return;
      }
      const fresh = result.value;
      setState((former) => ({ ...former, preview: fresh, questions: merged(former.questions, fresh.questions) }));
    },
    [start],
  );
  const write = async (): Promise<void> => {
    if (state.preview === null || !state.preview.canCommit) return;
    const result = await commit.start({ previewId: state.preview.previewId });
    if (!result.ok) {
      notifyFailure(result.failure);
      return;
    }
    bookChanged();
    setState((former) => ({ ...former, written: result.value }));
    const label = `import of ${state.preview.fileName}`;
    notify({
      tone: 'safe',
      fact: `${counted(result.value.rowsWritten, 'row')} written`,
      reason: result.value.summary,
      action: { title: 'Undo', run: () => void undo(label) },
    });
  };
  return {
    ...state,
    runId: preview.runId ?? commit.runId,
    setFormat: (format) => (state.source === null ? setState({ ...state, format }) : void look(state.source, format, state.answers)),
    read: (source) => {
      setState({ ...nothing, format: state.format });
      void look(source, state.format, {});
    },
    answer: (id, value) => {
      if (state.source !== null) void look(state.source, state.format, { ...state.answers, [id]: value });
    },
    write: () => void write(),
    restart: () => setState(nothing),
  };
}

/** Questions by id: a fresh one takes the place of the former, an answered one stays. */
function merged(former: readonly Question[], fresh: readonly Question[]): readonly Question[] {
  const all = new Map(former.map((question) => [question.id, question]));
  for (const question of fresh) all.set(question.id, question);
  return [...all.values()];
}
