import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Stage } from './layout/network-layout.ts';

/** Sizes are taken in steps, so that a few pixels do not move every node. */
const STEP = 20;

/** Size of the element to draw on; null until it is measured. */
export function useStage(): { readonly frame: RefObject<HTMLDivElement | null>; readonly stage: Stage | null } {
  const frame = useRef<HTMLDivElement>(null);
  const [stage, setStage] = useState<Stage | null>(null);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = (): void => {
      const width = Math.floor(element.clientWidth / STEP) * STEP;
      const height = Math.floor(element.clientHeight / STEP) * STEP;
      setStage((former) => (former?.width === width && former.height === height ? former : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { frame, stage: stage !== null && stage.width > 0 && stage.height > 0 ? stage : null };
}
