import { create } from 'zustand';

type StageStore = { readonly isOpen: boolean; readonly open: () => void; readonly close: () => void };

/** Whether the sheet that stages the suggestion in the blotter is open. */
export const useStageSheet = create<StageStore>()((set) => ({
  isOpen: false,
  open: () => set({ isOpen: true }),
  close: () => set({ isOpen: false }),
}));

/** Shows what staging the suggestion would do; nothing is done before it is confirmed there. */
export function openStage(): void {
  useStageSheet.getState().open();
}
