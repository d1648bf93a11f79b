import { type FocusEvent, type KeyboardEvent, type ReactElement, useId, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { chartIn } from './active-chart.ts';
import { type ChartFormat, chartFormats } from './chart-format.ts';

const titles: Readonly<Record<ChartFormat, string>> = { png: 'Picture (PNG)', svg: 'Drawing (SVG)', csv: 'Numbers (CSV)' };

/** For the header of a panel with a chart: saves that chart as a picture or as its numbers. */
export function SaveChart(): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const menuId = useId();
  const onBlur = (event: FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) setIsOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isOpen) return;
    event.stopPropagation();
    setIsOpen(false);
  };
  return (
    <div className="save-chart" onBlur={onBlur} onKeyDown={onKeyDown}>
      <Button tone="quiet" aria-haspopup="menu" aria-expanded={isOpen} aria-controls={menuId} onClick={() => setIsOpen(!isOpen)}>
        Save
      </Button>
      <div id={menuId} role="menu" className="save-chart-menu" hidden={!isOpen}>
        {chartFormats.map((format) => (
          <Button
            key={format}
            tone="quiet"
            role="menuitem"
            onClick={(event) => {
              chartIn(event.currentTarget)?.save(format);
              setIsOpen(false);
            }}
          >
            {titles[format]}
          </Button>
        ))}
      </div>
    </div>
  );
}
