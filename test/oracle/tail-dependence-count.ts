/** Mean over pairs of the share of days below u in rank for one asset on which the other is too, by counting ranks day by day. */
export function countTailDependence(moves: Float64Array, assets: number, share: number): number {
  const days = moves.length / assets;
  const of = (day: number, asset: number): number => moves[day * assets + asset] ?? NaN;
  const isLow = (day: number, asset: number): boolean => {
    let worse = 0;
    for (let other = 0; other < days; other += 1)
      if (of(other, asset) < of(day, asset) || (of(other, asset) === of(day, asset) && other < day)) worse += 1;
    return worse < share * days;
  };
  const shares: number[] = [];
  for (let one = 0; one < assets; one += 1)
    for (let two = 0; two < one; two += 1) {
      const low = Array.from({ length: days }, (_, day) => day).filter((day) => isLow(day, one));
      shares.push(low.filter((day) => isLow(day, two)).length / low.length);
    }
  return shares.reduce((sum, value) => sum + value, 0) / shares.length;
}
