import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import type { EChartsOption } from 'echarts/types/dist/shared';
import { ChartFrame } from '../../../chart/chart-frame.tsx';
import type { ChartTable } from '../../../chart/chart-table.ts';
import { usePalette } from '../../../chart/palette.ts';
import { millions } from '../../../format/money.ts';
import { Button } from '../../../parts/button.tsx';
import type { Point } from '../layout/geometry.ts';
import type { Laid } from '../use-layout.ts';
import { edgeKey } from '../network-model.ts';
import { MapControl } from './map-control.ts';
import { makeScene } from './map-scene.ts';

type MapProps = {
  readonly laid: Laid;
  readonly label: string;
  /** The map as the chart library draws it into a file. */
  readonly option: () => EChartsOption;
  readonly table: ChartTable;
  readonly selectedId: string | null;
  /** Keys of the edges on the chain of the selection. */
  readonly chain: ReadonlySet<string>;
  readonly onSelect: (nodeId: string) => void;
  /** Keys that the map does not use itself. */
  readonly onKey: (key: string) => boolean;
};

/** Zoom of one press of a key or button. */
const STEP = 1.5;

/** A graph of thousands of nodes to move about in: wheel or + and − zoom, 0 shows the whole, a drag moves, a click selects. */
export function NetworkMap(props: MapProps): ReactElement {
  const { label, option, table, onKey } = props;
  const [control, setControl] = useState<MapControl | null>(null);
  const onMapKey = (key: string): boolean => {
    if (key === '+' || key === '=') control?.zoom(STEP);
    else if (key === '-') control?.zoom(1 / STEP);
    else if (key === '0') control?.whole();
    else return onKey(key);
    return true;
  };
  return (
    <ChartFrame label={label} option={option} table={table} onKey={onMapKey}>
      <MapCanvas {...props} control={control} onReady={setControl} />
      <div className="network-zoom">
        <Button aria-label="Zoom in" onClick={() => control?.zoom(STEP)}>
          +
        </Button>
        <Button aria-label="Zoom out" onClick={() => control?.zoom(1 / STEP)}>
          −
        </Button>
        <Button onClick={() => control?.whole()} shortcut="0">
          Whole
        </Button>
      </div>
    </ChartFrame>
  );
}

type CanvasProps = MapProps & { readonly control: MapControl | null; readonly onReady: (control: MapControl | null) => void };

function MapCanvas({ laid, label, selectedId, chain, onSelect, control, onReady }: CanvasProps): ReactElement {
  const palette = usePalette();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hovered, setHovered] = useState<{ readonly node: number; readonly at: Point } | null>(null);
  const scene = useMemo(() => makeScene(laid.graph, laid.layout), [laid]);
  const selected = scene.indexOf.get(selectedId ?? '') ?? null;
  const onChain = useMemo(() => scene.edges.flatMap((edge, index) => (chain.has(edgeKey(edge)) ? [index] : [])), [scene, chain]);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const made = new MapControl(element);
    onReady(made);
    return () => {
      made.close();
      onReady(null);
    };
  }, [onReady]);
  useEffect(() => {
    control?.show({
      scene,
      palette,
      selected,
      chain: onChain,
      onPick: (node) => onSelect(scene.nodes[node]?.id ?? ''),
      onHover: (node, at) => setHovered(node === null ? null : { node, at }),
    });
  }, [control, scene, palette, selected, onChain, onSelect]);
  const under = hovered === null ? undefined : scene.nodes[hovered.node];
  return (
    <>
      <canvas ref={canvas} className="network-map" role="img" aria-label={`${label}; T shows the numbers`} />
      {hovered !== null && under !== undefined && (
        <div className="network-tip" style={{ left: hovered.at.x + 14, top: hovered.at.y + 14 }}>
          <strong>{under.label}</strong> {under.kind}
          <br />
          {under.caption} · {millions(under.valueUsd)} M USD
        </div>
      )}
    </>
  );
}
