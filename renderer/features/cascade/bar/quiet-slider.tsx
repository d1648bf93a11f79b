import { type ReactElement, useEffect, useRef, useState } from 'react';

/** A pause in dragging after which the value is asked for, ms. */
const QUIET_MS = 120;

type Props = {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly shown: (value: number) => string;
  readonly onChange: (value: number) => void;
};

/** A slider whose figure follows the hand at once, and whose value is asked for when the hand pauses. */
export function QuietSlider({ label, value, min, max, step, shown, onChange }: Props): ReactElement {
  const [dragged, setDragged] = useState<{ readonly from: number; readonly to: number } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
  const drag = (next: number): void => {
    setDragged({ from: value, to: next });
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(next), QUIET_MS);
  };
  // A value that has changed meanwhile, by the drag or by anything else, is what counts.
  const now = dragged === null || dragged.from !== value ? value : dragged.to;
  return (
    <label className="stress-slider">
      <span className="stress-field-name">{label}</span>
      <input
        type="range"
        aria-label={label}
        aria-valuetext={shown(now)}
        min={min}
        max={max}
        step={step}
        value={now}
        onChange={(event) => drag(Number(event.target.value))}
      />
      <span className="stress-slider-value">{shown(now)}</span>
    </label>
  );
}
