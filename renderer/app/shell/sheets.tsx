import type { ReactElement } from 'react';
import { BookSheet } from './book-sheet.tsx';
import { KeyMap } from './key-map.tsx';
import { MarketSheet } from './market-sheet.tsx';
import { Palette } from './palette.tsx';
import { useSheet } from './sheet.ts';

/** The sheet that is open, if any. */
export function Sheets(): ReactElement | null {
  const { sheet, close } = useSheet();
  if (sheet === 'palette') return <Palette onClose={close} />;
  if (sheet === 'keyMap') return <KeyMap onClose={close} />;
  if (sheet === 'openBook' || sheet === 'newBook') return <BookSheet isNew={sheet === 'newBook'} onClose={close} />;
  if (sheet === 'market') return <MarketSheet onClose={close} />;
  return null;
}
