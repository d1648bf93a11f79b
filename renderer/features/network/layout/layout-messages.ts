import { layoutMap } from './map-layout.ts';
import { isReadable, layoutNetwork, type NetworkGraph, type NetworkLayout, type Stage } from './network-layout.ts';

/** What the worker is asked, once in its life. */
export type LayoutRequest = { readonly graph: NetworkGraph; readonly stage: Stage };
/** What it says: which part it is at, then the layout. */
export type LayoutReply = { readonly phase: string } | { readonly layout: NetworkLayout };

/** Lays a graph out as its size asks for. */
export function answerLayout({ graph, stage }: LayoutRequest, onPhase: (phase: string) => void): NetworkLayout {
  onPhase('nodes');
  return isReadable(graph) ? layoutNetwork(graph, stage) : layoutMap(graph, stage, onPhase);
}
