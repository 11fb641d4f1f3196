/** What a series of values comes to. */
export interface Summary {
  median: number;
  least: number;
  most: number;
  /** Standard deviation of the sample; 0 for a single value. */
  deviation: number;
}

/** Summarises values; there must be one at least. */
export function summarise(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const mean = sum(values) / values.length;
  const squares = sum(values.map((value) => (value - mean) ** 2));
  return {
    median: middle(sorted),
    least: sorted[0] ?? Number.NaN,
    most: sorted.at(-1) ?? Number.NaN,
    deviation: Math.sqrt(squares / Math.max(1, values.length - 1)),
  };
}

function middle(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  const pair = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return sum(pair.map((value) => value ?? Number.NaN)) / 2;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
