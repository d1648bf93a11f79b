/** Moves the focus to the next (+1) or former (−1) panel of the screen, and into its first control where it has one. */
export function focusPanel(step: 1 | -1): void {
  const panels = [...document.querySelectorAll<HTMLElement>('[data-panel]')];
  if (panels.length === 0) return;
  const current = panels.findIndex((panel) => panel.contains(document.activeElement));
  const next = panels[current === -1 && step === -1 ? panels.length - 1 : (current + step + panels.length) % panels.length];
  next?.focus();
}
