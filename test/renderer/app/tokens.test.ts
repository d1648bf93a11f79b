import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const sheet = readFileSync(new URL('../../../renderer/app/tokens.css', import.meta.url), 'utf8');

/** Colours of a theme as they stand in the style sheet. */
function colors(theme: 'dark' | 'light'): ReadonlyMap<string, string> {
  const block = sheet.slice(sheet.indexOf(`data-theme='${theme}'`)).split('}')[0] ?? '';
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

/** Contrast of two colours (WCAG 2.2, relative luminance). */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const grounds = ['app', 'panel', 'raised', 'hover', 'select'];
const texts = ['text', 'text-2', 'text-3', 'accent', 'safe', 'watch', 'danger', 'hypo', 'stale'];

describe.each(['dark', 'light'] as const)('the %s theme', (theme) => {
  const palette = colors(theme);
  const color = (name: string): string => palette.get(name) ?? `missing ${name}`;

  it('has the same tokens as the other', () => {
    expect([...palette.keys()]).toEqual([...colors(theme === 'dark' ? 'light' : 'dark').keys()]);
  });

  it.each(texts)('reads %s on every ground at 4.5 : 1', (text) => {
    for (const ground of grounds) expect(contrast(color(text), color(ground)), ground).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['safe', 'watch', 'danger', 'hypo', 'stale'])('reads %s on its own ground at 4.5 : 1', (state) => {
    expect(contrast(color(state), color(`${state}-bg`))).toBeGreaterThanOrEqual(4.5);
  });

  it('shows controls and focus at 3 : 1', () => {
    for (const ground of grounds) expect(contrast(color('control'), color(ground)), ground).toBeGreaterThanOrEqual(3);
    for (const ground of grounds) expect(contrast(color('focus'), color(ground)), ground).toBeGreaterThanOrEqual(3);
    expect(contrast('#ffffff', color('accent-strong'))).toBeGreaterThanOrEqual(4.5);
  });
});
