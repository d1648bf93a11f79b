import { describe, expect, it } from 'vitest';
import { type Stroke, strokeName } from '../../../renderer/app/keyboard.ts';

function stroke(key: string, held: Partial<Stroke> = {}): Stroke {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

describe('strokeName', () => {
  it.each([
    [stroke('k', { ctrlKey: true }), 'Ctrl+K'],
    [stroke('K', { metaKey: true }), 'Ctrl+K'],
    [stroke('Z', { ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+Z'],
    [stroke('1'), '1'],
    [stroke('?', { shiftKey: true }), '?'],
    [stroke(' '), 'Space'],
    [stroke('F6', { shiftKey: true }), 'Shift+F6'],
    [stroke('Enter', { ctrlKey: true }), 'Ctrl+Enter'],
    [stroke('h'), 'H'],
  ])('names %o as %s', (pressed, name) => {
    expect(strokeName(pressed)).toBe(name);
  });
});
