import { useEffect } from 'react';
import { takesText } from '../parts/text-target.ts';
import { commandForKey } from './commands.ts';

/** The parts of a key event that name a key. */
export type Stroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const names: Readonly<Record<string, string>> = {
  ' ': 'Space',
  '\\': '\\',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
};

/** Name of a stroke as commands write it. Command on a Mac counts as Ctrl; Shift is named only where it makes no sign of its own. */
export function strokeName(stroke: Stroke): string {
  const isLetter = /^[a-z]$/i.test(stroke.key);
  const base = names[stroke.key] ?? (isLetter ? stroke.key.toUpperCase() : stroke.key);
  const isSign = stroke.key.length === 1 && !isLetter && stroke.key !== ' ';
  const parts: string[] = [];
  if (stroke.ctrlKey || stroke.metaKey) parts.push('Ctrl');
  if (stroke.altKey) parts.push('Alt');
  if (stroke.shiftKey && !isSign) parts.push('Shift');
  return [...parts, base].join('+');
}

/** Keys that keep their own meaning on a focused control. */
function belongsToControl(name: string, target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (name !== 'Enter' && name !== 'Space') return false;
  return target.closest('button, a, [role="button"], [role="tab"], [role="radio"], [role="checkbox"], summary, input') !== null;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const name = strokeName(event);
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !/^F\d+$/.test(event.key);
  if (takesText(event.target) && (isPlain || name === 'Ctrl+C' || name.startsWith('Ctrl+Z') || name === 'Ctrl+Shift+Z')) return;
  if (belongsToControl(name, event.target)) return;
  if (document.querySelector('dialog[open]') !== null) return;
  const command = commandForKey(name);
  if (command === undefined) return;
  event.preventDefault();
  command.run();
}

/** Starts commands by their keys, for as long as the component is mounted. */
export function useCommandKeys(): void {
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
