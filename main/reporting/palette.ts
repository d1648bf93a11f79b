/** The light tokens on white, the only colours of a report. */
export const ink = {
  text: '#191D24',
  text2: '#474F5B',
  text3: '#5C6470',
  line: '#E0D9CD',
  lineStrong: '#C2B8A8',
  accent: '#1C5BB8',
  safe: '#1F7550',
  watch: '#8C5A10',
  danger: '#9E1B14',
  none: '#5C6470',
  bar: '#5C6470',
  surplus: '#8C5A10',
} as const;

/** Six series in fixed order, each with its own dash. */
export const seriesColours = ['#174CAF', '#C27207', '#429086', '#801561', '#868B4A', '#92200F'] as const;

/** Loss, zero, gain. */
export const diverging = ['#A34A08', '#DB8A49', '#F4D3B3', '#FBF9F5', '#C3DBF2', '#6CA5DA', '#1C64B0'] as const;
