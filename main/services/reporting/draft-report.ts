import type { OutputOf } from '../../contract/contract.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { Session } from '../session.ts';
import { gatherInputs } from './gather-inputs.ts';

type DraftDeps = { readonly session: Session; readonly resourcesFolder: string };

/** What is tried on a suggestion for the report alone, in its order. */
const TRIED = ['the book after the suggestion', 'assumptions moved', 'other ways'];
/** What every report has to compute. */
const ALWAYS = ['survival of the legs', 'outside numbers'];

/** The report of the open book as far as it is at hand, and what is still to be computed. */
export async function draftReport({ session, resourcesFolder }: DraftDeps): Promise<Result<OutputOf<'report.draft'>>> {
  const analysis = session.analysis.last();
  if (analysis === null)
    return fail('notFound', 'the book has not been analysed since it was opened or changed', { remedy: 'Run the analysis first.' });
  const gathered = gatherInputs(session, resourcesFolder);
  if (!gathered.ok) return gathered;
  const { inputs, known } = gathered.value;
  const suggestion = session.hedge.last();
  const { forecast = null, coverage = null, orders = [] } = known.outlook ?? {};
  const [{ buildDraft }, { writeHtml }] = await Promise.all([import('../../reporting/build-draft.ts'), import('../../reporting/html.ts')]);
  const draft = buildDraft({
    analysis,
    suggestion,
    bookDigest: inputs.bookDigest,
    replays: known.replays ?? [],
    study: known.study ?? null,
    backtests: known.backtests ?? [],
    outlook: inputs.outlook === null ? null : { forecast, after: null, coverage, orders },
  });
  const after = suggestion === null || forecast === null ? [] : ['forecast after the suggestion'];
  return succeed({ html: writeHtml(draft), pending: [...(suggestion === null ? [] : TRIED), ...after, ...ALWAYS] });
}
