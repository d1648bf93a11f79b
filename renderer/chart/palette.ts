import { useMemo, useSyncExternalStore } from 'react';

/** The colours that a canvas needs as values, read from the style sheet so that there is one source. */
export type Palette = {
  readonly app: string;
  readonly panel: string;
  readonly raised: string;
  readonly select: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly text2: string;
  readonly text3: string;
  readonly accent: string;
  readonly focus: string;
  readonly safe: string;
  readonly watch: string;
  readonly danger: string;
  readonly dangerBg: string;
  readonly hypo: string;
  readonly stale: string;
  readonly gain: string;
  readonly loss: string;
  /** Six, in fixed order; a seventh series means small multiples. */
  readonly series: readonly string[];
  /** Loss, zero, gain: seven stops. */
  readonly diverging: readonly string[];
  readonly sequentialLoss: readonly string[];
  readonly sequentialUse: readonly string[];
};

/** Reads the palette of the theme that stands on the document now. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const stops = (name: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => read(`${name}-${index + 1}`));
  return {
    app: read('app'),
    panel: read('panel'),
    raised: read('raised'),
    select: read('select'),
    line: read('line'),
    lineStrong: read('line-strong'),
    text: read('text'),
    text2: read('text-2'),
    text3: read('text-3'),
    accent: read('accent'),
    focus: read('focus'),
    safe: read('safe'),
    watch: read('watch'),
    danger: read('danger'),
    dangerBg: read('danger-bg'),
    hypo: read('hypo'),
    stale: read('stale'),
    gain: read('gain'),
    loss: read('loss'),
    series: stops('series', 6),
    diverging: stops('diverging', 7),
    sequentialLoss: stops('sequential-loss', 6),
    sequentialUse: stops('sequential-use', 6),
  };
}

/** The palette of the current theme; a new one when the theme changes. */
export function usePalette(): Palette {
  const theme = useSyncExternalStore(watchTheme, currentTheme);
  return useMemo(() => paletteOf(theme), [theme]);
}

/** The theme stands on the document, where the style sheet reads it too. */
function currentTheme(): string {
  return document.documentElement.dataset['theme'] ?? '';
}

const palettes = new Map<string, Palette>();

function paletteOf(theme: string): Palette {
  const known = palettes.get(theme);
  if (known !== undefined) return known;
  const palette = readPalette();
  palettes.set(theme, palette);
  return palette;
}

function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
