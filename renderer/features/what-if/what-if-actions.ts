import type { InputOf } from '../../../main/contract/contract.ts';
import type { WhatIf } from '../../../main/contract/what-if.ts';
import { create } from 'zustand';
import { call } from '../../client/client.ts';
import { queryClient } from '../../client/queries.ts';
import { notifyFailure } from '../../parts/notify.tsx';

type Shown = { readonly id: string | null; readonly show: (id: string | null) => void };

/** The hypothetical book that the screen shows; null = the first there is. */
export const useShown = create<Shown>()((set) => ({ id: null, show: (id) => set({ id }) }));

function listAgain(): void {
  void queryClient.invalidateQueries({ queryKey: ['whatIf.list'] });
}

/** Starts a hypothetical book and shows it; with legs it carries them out at once. */
export async function startWhatIf(base: 'live' | 'blank', name: string, legIds: readonly string[] = []): Promise<void> {
  const started = await call('whatIf.start', { base, name });
  if (!started.ok) {
    notifyFailure(started.failure);
    return;
  }
  useShown.getState().show(started.value.id);
  if (legIds.length > 0) await addEdit(started.value.id, { kind: 'legs', legIds: [...legIds] });
  listAgain();
}

/** Applies an edit; its quick values are shown at once. True when it worked. */
export async function addEdit(id: string, edit: InputOf<'whatIf.edit'>['edit']): Promise<boolean> {
  const result = await call('whatIf.edit', { id, edit });
  return adopt(result.ok ? null : result.failure, () => result.ok && take(result.value));
}

/** Takes the last edit back. */
export async function undoEdit(id: string): Promise<void> {
  const result = await call('whatIf.undo', { id });
  adopt(result.ok ? null : result.failure, () => result.ok && take(result.value));
}

/** Forgets a hypothetical book. */
export async function discardWhatIf(id: string): Promise<void> {
  const result = await call('whatIf.discard', { id });
  if (result.ok) useShown.getState().show(null);
  adopt(result.ok ? null : result.failure, () => undefined);
}

function adopt(failure: Parameters<typeof notifyFailure>[0] | null, keep: () => unknown): boolean {
  if (failure === null) keep();
  else notifyFailure(failure);
  listAgain();
  return failure === null;
}

function take({ whatIf, quick }: { readonly whatIf: WhatIf; readonly quick: unknown }): void {
  queryClient.setQueryData(['whatIf.quick', { id: whatIf.id }], quick);
  queryClient.setQueryData<readonly WhatIf[]>(['whatIf.list', {}], (former = []) =>
    former.map((each) => (each.id === whatIf.id ? whatIf : each)),
  );
}
