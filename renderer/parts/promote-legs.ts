import { goTo } from '../app/navigation.ts';
import { call } from '../client/client.ts';
import { queryClient, ticketsChanged } from '../client/queries.ts';
import { counted } from '../format/number.ts';
import { notify, notifyFailure } from './notify.tsx';
import { openStage } from './stage/stage-store.ts';

/** Makes tickets of legs of the suggestion and offers the way there. */
export async function promoteLegs(legIds: readonly string[]): Promise<void> {
  const result = await call('blotter.promote', { legIds: [...legIds] });
  if (!result.ok) {
    const { failure } = result;
    if (failure.reason === 'conflict')
      notify({
        tone: 'watch',
        fact: 'It is in the blotter already',
        reason: failure.message,
        action: { title: 'Stage the changes', run: openStage },
      });
    else notifyFailure(failure);
    return;
  }
  queryClient.setQueryData(['blotter.list', {}], result.value);
  ticketsChanged();
  notify({
    tone: 'safe',
    fact: `${counted(legIds.length, 'leg')} in the blotter`,
    reason: 'Limits from bid and ask, good for an hour. Nothing was sent anywhere.',
    action: { title: 'Open the blotter', run: () => goTo('blotter') },
  });
}
