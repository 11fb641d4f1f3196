import { INTERESTING, writeInteger } from './integers.ts';
import type { Random } from './random.ts';

/** Changes some bytes: in place, or as a new buffer when the length changes. */
export type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

/** Inputs do not grow above this by repetition: larger ones only cost time. */
const MAX_SIZE = 64 * 1024;
/** Most ranges that are moved or removed are about as long as fields and names are. */
const MAX_RANGE = 256;

const flipBit: Mutation = (bytes, random) => {
  const at = random.below(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  return bytes;
};

const setByte: Mutation = (bytes, random) => {
  bytes[random.below(bytes.length)] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.below(256)]);
  return bytes;
};

const setInteger: Mutation = (bytes, random) => {
  const width = random.pick([2, 4, 8]);
  const at = random.below(bytes.length);
  const value = random.once(3) ? BigInt(bytes.length + random.below(3) - 1) : random.pick(INTERESTING);
  return writeInteger(bytes, at, width, random.once(2), value);
};

const truncate: Mutation = (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1));

const remove: Mutation = (bytes, random) => {
  const [at, length] = range(bytes, random);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
};

const repeat: Mutation = (bytes, random) => {
  const [at, length] = range(bytes, random);
  const times = random.pick([2, 3, 30]);
  const piece = bytes.subarray(at, at + length);
  const pieces = Array.from({ length: times }, () => piece);
  return Buffer.concat([bytes.subarray(0, at), ...pieces, bytes.subarray(at + length)]).subarray(0, MAX_SIZE);
};

const copyWithin: Mutation = (bytes, random) => {
  const [at, length] = range(bytes, random);
  bytes.copy(bytes, random.below(bytes.length), at, at + length);
  return bytes;
};

const fill: Mutation = (bytes, random) => {
  const [at, length] = range(bytes, random);
  return bytes.fill(random.pick([0, 0x20, 0x41, 0xff]), at, at + length);
};

const splice: Mutation = (bytes, random, other) =>
  Buffer.concat([
    bytes.subarray(0, random.below(bytes.length + 1)),
    other.subarray(random.below(other.length + 1)),
  ]).subarray(0, MAX_SIZE);

/** Mutations that know nothing of the format. */
export const BLIND: readonly Mutation[] = [
  flipBit,
  flipBit,
  setByte,
  setInteger,
  setInteger,
  truncate,
  remove,
  repeat,
  copyWithin,
  fill,
  splice,
];

function range(bytes: Buffer, random: Random): [at: number, length: number] {
  const at = random.below(bytes.length);
  const longest = random.once(8) ? bytes.length : MAX_RANGE;
  return [at, random.below(Math.min(longest, bytes.length - at) + 1)];
}
