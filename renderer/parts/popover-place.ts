type Size = { readonly width: number; readonly height: number };

const MARGIN_PX = 8;

/** Place of a popover: below its anchor where there is room, else above; never outside the window. Pixels of the window. */
export function placeBeside(
  anchor: { readonly left: number; readonly top: number; readonly bottom: number },
  box: Size,
  room: Size,
): { left: number; top: number } {
  const left = Math.max(MARGIN_PX, Math.min(anchor.left, room.width - box.width - MARGIN_PX));
  const below = anchor.bottom + MARGIN_PX;
  const top = below + box.height <= room.height - MARGIN_PX ? below : Math.max(MARGIN_PX, anchor.top - box.height - MARGIN_PX);
  return { left, top };
}
