import { INTERESTING, readInteger, writeInteger } from './integers.ts';
import type { Mutation } from './mutate.ts';
import type { Random } from './random.ts';

type Field = readonly [offset: number, width: number];

/** Fields of the file header, of a section header and of a symbol, by width of the file (ELF-64 object file format 1.5). */
const FIELDS = {
  32: {
    file: { type: [16, 2], shoff: [32, 4], shentsize: [46, 2], shnum: [48, 2], shstrndx: [50, 2] },
    section: { name: [0, 4], type: [4, 4], offset: [16, 4], size: [20, 4], link: [24, 4], info: [28, 4] },
    symbol: { name: [0, 4], info: [12, 1], index: [14, 2] },
    sectionSize: 40,
    symbolSize: 16,
  },
  64: {
    file: { type: [16, 2], shoff: [40, 8], shentsize: [58, 2], shnum: [60, 2], shstrndx: [62, 2] },
    section: { name: [0, 4], type: [4, 4], offset: [24, 8], size: [32, 8], link: [40, 4], info: [44, 4] },
    symbol: { name: [0, 4], info: [4, 1], index: [6, 2] },
    sectionSize: 64,
    symbolSize: 24,
  },
} as const;

const CLASS = 4;
const ORDER = 5;
const SYMBOLS = 2;

/** Where things are in a module, as far as its bytes still say so. */
function survey(bytes: Buffer) {
  const fields = FIELDS[bytes[CLASS] === 1 ? 32 : 64];
  const little = bytes[ORDER] !== 2;
  const read = (base: number, [offset, width]: Field) => readInteger(bytes, base + offset, width, little);
  const table = read(0, fields.file.shoff);
  const sections = Math.max(1, Math.min(read(0, fields.file.shnum), 100));
  const sectionAt = (index: number) => table + index * fields.sectionSize;
  return { fields, little, read, sections, sectionAt };
}

const setFileField: Mutation = (bytes, random) => {
  const { fields, little } = survey(bytes);
  return setField(bytes, 0, random.pick(Object.values(fields.file)), little, random);
};

const setSectionField: Mutation = (bytes, random) => {
  const { fields, little, sections, sectionAt } = survey(bytes);
  const field = random.pick(Object.values(fields.section));
  return setField(bytes, sectionAt(random.below(sections)), field, little, random);
};

/** Two sections in one place, two of one name, or one whose names are another's. */
const copySectionField: Mutation = (bytes, random) => {
  const { fields, little, read, sections, sectionAt } = survey(bytes);
  const [offset, width] = random.pick(Object.values(fields.section));
  const value = read(sectionAt(random.below(sections)), [offset, width]);
  return writeInteger(bytes, sectionAt(random.below(sections)) + offset, width, little, BigInt(value));
};

const copySection: Mutation = (bytes, random) => {
  const { fields, sections, sectionAt } = survey(bytes);
  const from = sectionAt(random.below(sections));
  const to = sectionAt(random.below(sections));
  if (to < bytes.length && from < bytes.length) bytes.copy(bytes, to, from, from + fields.sectionSize);
  return bytes;
};

const setSymbolField: Mutation = (bytes, random) => {
  const { fields, little, read, sections, sectionAt } = survey(bytes);
  for (let index = 0; index < sections; index++) {
    const section = sectionAt(index);
    if (read(section, fields.section.type) !== SYMBOLS) continue;
    const count = Math.max(1, Math.floor(read(section, fields.section.size) / fields.symbolSize));
    const at = read(section, fields.section.offset) + random.below(Math.min(count, 1000)) * fields.symbolSize;
    return setField(bytes, at, random.pick(Object.values(fields.symbol)), little, random);
  }
  return bytes;
};

/** A table of strings in which one or all do not end. */
const removeNuls: Mutation = (bytes, random) => {
  const { fields, read, sections, sectionAt } = survey(bytes);
  const section = sectionAt(random.below(sections));
  const start = read(section, fields.section.offset);
  const end = Math.min(start + read(section, fields.section.size), bytes.length);
  const all = random.once(2);
  for (let at = end - 1; at >= start && at >= 0; at--) {
    if (bytes[at] !== 0) continue;
    bytes[at] = 0x41;
    if (!all) break;
  }
  return bytes;
};

const flipForm: Mutation = (bytes, random) => {
  bytes[random.pick([CLASS, ORDER])] = random.pick([0, 1, 2, 3]);
  return bytes;
};

/** Mutations of kernel modules, aimed at what the reader looks at. */
export const OF_ELF: readonly Mutation[] = [
  setFileField,
  setSectionField,
  setSectionField,
  copySectionField,
  copySection,
  setSymbolField,
  setSymbolField,
  removeNuls,
  flipForm,
];

function setField(bytes: Buffer, base: number, field: Field, little: boolean, random: Random): Buffer {
  const [offset, width] = field;
  const near = BigInt(Math.max(0, bytes.length - random.below(bytes.length + 1)));
  const value = random.once(3) ? near : random.pick(INTERESTING);
  return writeInteger(bytes, base + offset, width, little, value);
}
