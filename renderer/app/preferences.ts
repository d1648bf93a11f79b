import { create } from 'zustand';

export type Theme = 'dark' | 'light';
export type Density = 'dense' | 'standard' | 'comfortable';

type Preferences = {
  readonly theme: Theme;
  readonly density: Density;
  readonly setTheme: (theme: Theme) => void;
  readonly setDensity: (density: Density) => void;
};

const STORAGE_KEY = 'interlock.preferences';

/** What the user last chose in this window; the system's colour scheme where nothing was chosen; dark where there is no window. */
function stored(): { theme: Theme; density: Density } {
  if (typeof window === 'undefined') return { theme: 'dark', density: 'standard' };
  const system: Theme = window.matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  const fallback = { theme: system, density: 'standard' as const };
  const text = window.localStorage.getItem(STORAGE_KEY);
  if (text === null) return fallback;
  const [theme, density] = text.split(' ');
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : fallback.theme,
    density: density === 'dense' || density === 'comfortable' || density === 'standard' ? density : fallback.density,
  };
}

/** Theme and density of this window. */
export const usePreferences = create<Preferences>()((set) => ({
  ...stored(),
  setTheme: (theme) => set({ theme }),
  setDensity: (density) => set({ density }),
}));

/** Writes the preferences on the document and keeps them for the next start. */
export function applyPreferences(): void {
  const { theme, density } = usePreferences.getState();
  document.documentElement.dataset['theme'] = theme;
  document.documentElement.dataset['density'] = density;
  localStorage.setItem(STORAGE_KEY, `${theme} ${density}`);
}
