import type { BlotterStage } from '../../../main/contract/blotter-stage.ts';
import { goTo } from '../../app/navigation.ts';
import { call } from '../../client/client.ts';
import { queryClient, ticketsChanged } from '../../client/queries.ts';
import { notify, notifyFailure } from '../notify.tsx';

/** Stages exactly what was shown and offers the way there. True when it worked. */
export async function stageShown({ stageId, statement }: Pick<BlotterStage, 'stageId' | 'statement'>): Promise<boolean> {
  const result = await call('blotter.stageRefresh', { stageId });
  if (!result.ok) {
    notifyFailure(result.failure);
    return false;
  }
  queryClient.setQueryData(['blotter.list', {}], result.value);
  ticketsChanged();
  notify({
    tone: 'safe',
    fact: 'The blotter is staged',
    reason: `${statement} Nothing was sent anywhere; Ctrl Z takes it back.`,
    action: { title: 'Open the blotter', run: () => goTo('blotter') },
  });
  return true;
}
