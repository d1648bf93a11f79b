import { create } from 'zustand';

/** Every screen of the workstation, in the order of the rail and of the keys 1 to 9, then W and B. */
export const screenIds = [
  'overview',
  'book',
  'accounts',
  'network',
  'cascade',
  'hedge',
  'importing',
  'reporting',
  'system',
  'whatIf',
  'blotter',
] as const;
export type ScreenId = (typeof screenIds)[number];

type Navigation = {
  readonly screen: ScreenId;
  /** Screens left behind, newest last, for Backspace. */
  readonly trail: readonly ScreenId[];
  readonly go: (screen: ScreenId) => void;
  readonly back: () => void;
};

const TRAIL_LENGTH = 50;

/** The screen that is shown and the way back. */
export const useNavigation = create<Navigation>()((set) => ({
  screen: 'overview',
  trail: [],
  go: (screen) =>
    set((state) => (state.screen === screen ? state : { screen, trail: [...state.trail, state.screen].slice(-TRAIL_LENGTH) })),
  back: () =>
    set((state) => {
      const former = state.trail.at(-1);
      return former === undefined ? state : { screen: former, trail: state.trail.slice(0, -1) };
    }),
}));

/** Shows a screen. */
export function goTo(screen: ScreenId): void {
  useNavigation.getState().go(screen);
}
