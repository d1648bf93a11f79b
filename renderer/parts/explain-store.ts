import { create } from 'zustand';

/** A number that was asked about: its metric, what it belongs to, and the element it stands in. */
export type Question = { readonly metric: string; readonly subjectId: string | null; readonly anchor: HTMLElement };

type ExplainStore = { readonly question: Question | null; readonly ask: (question: Question) => void; readonly close: () => void };

/** The number whose explanation is open; one at a time. */
export const useExplainStore = create<ExplainStore>()((set) => ({
  question: null,
  ask: (question) => set({ question }),
  close: () => set({ question: null }),
}));

/** Opens the explanation of a number beside its element. */
export function askWhy(metric: string, subjectId: string | null, anchor: HTMLElement): void {
  useExplainStore.getState().ask({ metric, subjectId, anchor });
}
