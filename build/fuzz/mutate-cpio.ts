import type { Mutation } from './mutate.ts';
import type { Random } from './random.ts';

const MAGIC = '07070';
const FIELDS = 13;
const WIDTH = 8;
/** Numbers at which sizes, modes and counts of an entry go wrong, as they are written there. */
const VALUES = [
  0, 1, 2, 3, 4, 11, 110, 4096, 4097, 0o040755, 0o100644, 0o120777, 0o020600, 0x7fffffff, 0xffffffff,
];
const NAMES = [
  'TRAILER!!!',
  '..',
  '../x',
  '/',
  '.',
  './a',
  'a/b',
  'bin',
  'usr/bin',
  'l',
  'l/l',
  '\xff',
  'dev',
];

/** One field of one entry. */
const setField: Mutation = (bytes, random) => {
  const at = someEntry(bytes, random);
  if (at < 0) return bytes;
  const value = random.once(4) ? random.below(bytes.length) : random.pick(VALUES);
  return put(bytes, at + 6 + random.below(FIELDS) * WIDTH, value.toString(16).padStart(WIDTH, '0'));
};

/** Another name of the same room. */
const setName: Mutation = (bytes, random) => {
  const at = someEntry(bytes, random);
  return at < 0 ? bytes : put(bytes, at + 6 + FIELDS * WIDTH, `${random.pick(NAMES)}\0`);
};

const copyEntry: Mutation = (bytes, random) => {
  const from = someEntry(bytes, random);
  const to = someEntry(bytes, random);
  return from < 0 ? bytes : Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]).subarray(0, 65_536);
};

/** Mutations of newc archives. */
export const OF_CPIO: readonly Mutation[] = [setField, setField, setField, setName, setName, copyEntry];

/** Where an entry begins; -1 when there is none. */
function someEntry(bytes: Buffer, random: Random): number {
  const after = bytes.indexOf(MAGIC, random.below(bytes.length + 1), 'latin1');
  return after >= 0 ? after : bytes.indexOf(MAGIC, 0, 'latin1');
}

/** Writes over what is there; what would lie behind the end is left out. */
function put(bytes: Buffer, at: number, text: string): Buffer {
  Buffer.from(text, 'latin1').copy(bytes, at);
  return bytes;
}
