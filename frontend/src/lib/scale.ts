/** The top of an axis: 1, 2, 2.5 or 5 times a power of ten, at or above the largest value. */
export function niceTop(largest: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(largest, 1)));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= largest) ?? 10;
  return step * power;
}
