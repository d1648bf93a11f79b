import { create } from 'zustand';

/** What may stand above the screen; one at a time. */
export type SheetName = 'palette' | 'keyMap' | 'openBook' | 'newBook' | 'market';

type SheetStore = { readonly sheet: SheetName | null; readonly show: (sheet: SheetName) => void; readonly close: () => void };

/** The sheet that is open. */
export const useSheet = create<SheetStore>()((set) => ({
  sheet: null,
  show: (sheet) => set({ sheet }),
  close: () => set({ sheet: null }),
}));
