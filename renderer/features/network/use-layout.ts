import { useCallback, useEffect, useState } from 'react';
import type { LayoutReply, LayoutRequest } from './layout/layout-messages.ts';
import type { NetworkGraph, NetworkLayout, Stage } from './layout/network-layout.ts';

/** A graph with the places of its nodes. */
export type Laid = LayoutRequest & { readonly layout: NetworkLayout };
type Stopped = LayoutRequest & { readonly reason: string | null };

/** The last finished layout, and what is known about the one that was asked for since. */
export type LayoutState = {
  /** May still be that of a former graph or size while the next is under way. */
  readonly laid: Laid | null;
  readonly isBusy: boolean;
  /** Which part of the work is under way. */
  readonly phase: string;
  /** Whether the user stopped it, or why it failed; null otherwise. */
  readonly stopped: { readonly reason: string | null } | null;
  readonly cancel: () => void;
  readonly again: () => void;
};

/**
 * Lays the graph out in a worker of its own, so that the page stays free. Another graph or size ends the work under way at once. The
 * result depends on graph and size alone.
 */
export function useLayout(graph: NetworkGraph, stage: Stage | null): LayoutState {
  const [laid, setLaid] = useState<Laid | null>(null);
  const [stop, setStop] = useState<Stopped | null>(null);
  const [phase, setPhase] = useState('');
  const isStopped = stop !== null && stop.graph === graph && stop.stage === stage;
  const isDone = laid !== null && laid.graph === graph && laid.stage === stage;
  useEffect(() => {
    if (stage === null || isStopped || isDone) return;
    const request: LayoutRequest = { graph, stage };
    const worker = new Worker(new URL('./layout/layout-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<LayoutReply>) => {
      if ('phase' in data) setPhase(data.phase);
      else setLaid({ ...request, layout: data.layout });
    };
    worker.onerror = (event) => setStop({ ...request, reason: event.message === '' ? 'the worker could not be started' : event.message });
    worker.postMessage(request);
    return () => worker.terminate();
  }, [graph, stage, isStopped, isDone]);
  const cancel = useCallback(() => {
    if (stage !== null) setStop({ graph, stage, reason: null });
  }, [graph, stage]);
  const again = useCallback(() => setStop(null), []);
  return { laid, isBusy: stage !== null && !isDone && !isStopped, phase, stopped: isStopped ? stop : null, cancel, again };
}
