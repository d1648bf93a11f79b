/** What a focused grid or chart lets the shell's commands do. */
export type ActiveGrid = {
  readonly element: HTMLElement;
  /** Copies the selected rows, or the focused one, as raw values. */
  readonly copy: () => number;
  /** Explains the focused cell; false when it has no explanation. */
  readonly explain: () => boolean;
};

let active: ActiveGrid | null = null;

/** Makes a grid the one that commands speak to; it stays so until another takes focus or it goes. */
export function activateGrid(grid: ActiveGrid): void {
  active = grid;
}

/** Forgets a grid that goes. */
export function deactivateGrid(grid: ActiveGrid): void {
  if (active === grid) active = null;
}

/** The grid that has the focus now. */
export function activeGrid(): ActiveGrid | null {
  return active !== null && active.element.contains(document.activeElement) ? active : null;
}
