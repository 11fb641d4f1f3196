/** Says whether a value that was read from outside has a certain form. */
export type Shape = (value: unknown) => boolean;

/** Values of JSON text; undefined for text that is not JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An object with exactly these keys, each of its own form: a key that nobody knows is as wrong as one that is missing. */
export function exactly(shapes: Record<string, Shape>): Shape {
  const keys = Object.keys(shapes);
  return (value) =>
    isObject(value) &&
    Object.keys(value).length === keys.length &&
    keys.every((key) => Object.hasOwn(value, key) && shapes[key]?.(value[key]) === true);
}

/** An object with any keys, all of one form. */
export function mapOf(shape: Shape): Shape {
  return (value) => isObject(value) && Object.values(value).every(shape);
}

/** A list whose items are all of one form. */
export function listOf(shape: Shape): Shape {
  return (value) => Array.isArray(value) && value.every(shape);
}

/** One of these very values. */
export function oneOf(...values: unknown[]): Shape {
  return (value) => values.includes(value);
}

/** Text that is not empty. */
export const isText: Shape = (value) => typeof value === 'string' && value !== '';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
