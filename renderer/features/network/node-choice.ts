import { create } from 'zustand';

/** The account that was selected when a node was: once another account is selected elsewhere, the node gives way to it. */
export const useNodeChoice = create<{ readonly accountIdThen: string | null; readonly note: (accountId: string | null) => void }>()(
  (set) => ({
    accountIdThen: null,
    note: (accountIdThen) => set({ accountIdThen }),
  }),
);
