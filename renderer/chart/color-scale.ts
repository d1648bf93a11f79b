/** Relative luminance at which black text reads as well as white (WCAG contrast equal on both sides). */
const SWITCH_LUMINANCE = 0.179;

type Rgb = readonly [number, number, number];

/** Colour of a value on a symmetric scale: −limit is the first stop, zero the middle one, +limit the last. */
export function divergingColor(value: number, limit: number, stops: readonly string[]): string {
  const share = limit <= 0 ? 0.5 : 0.5 + 0.5 * Math.max(-1, Math.min(1, value / limit));
  return interpolate(share, stops);
}

/** Colour of a share between 0 and 1 on a sequential scale. */
export function sequentialColor(share: number, stops: readonly string[]): string {
  return interpolate(Math.max(0, Math.min(1, share)), stops);
}

/** Pure black or white, whichever reads better on the colour. */
export function textOn(color: string): '#000000' | '#ffffff' {
  const [red, green, blue] = parse(color).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > SWITCH_LUMINANCE ? '#000000' : '#ffffff';
}

function interpolate(share: number, stops: readonly string[]): string {
  const place = share * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(place));
  const from = parse(stops[index] ?? '#000000');
  const to = parse(stops[index + 1] ?? '#000000');
  const weight = place - index;
  const mixed = from.map((channel, at) => Math.round(channel + ((to[at] ?? channel) - channel) * weight));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function parse(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
