import { type ByteSource, ByteView, FormatError } from './byte-view.ts';

/** One section of an ELF file that lies inside the file. */
export interface ElfSection {
  offset: number;
  size: number;
  /** Of a symbol table: the number of the section with the names. */
  link: number;
}

/** A relocatable ELF file of either width and byte order (ELF-64 object file format 1.5; System V ABI). */
export interface Elf {
  view: ByteView;
  wide: boolean;
  /** Where the section headers begin, and how many there are; made into objects only one by one, as they are needed. */
  table: number;
  count: number;
  names: ElfSection;
}

const MAGIC = 0x7f454c46;
const CLASS_32 = 1;
const CLASS_64 = 2;
const LITTLE = 1;
const BIG = 2;
const IDENT_SIZE = 16;
const ET_REL = 1;
const SHT_NULL = 0;
const SHT_NOBITS = 8;
const SHN_XINDEX = 0xffff;
/** In a section header of either width, after the name. */
const TYPE = 4;
/** What 16 bits can count; the modules of Debian's 6.1 have at most 93. */
const MAX_SECTIONS = 1 << 16;
/** Twenty times the largest symbol table of Debian's 6.12 (amdgpu: 1.5 MB); bounds what one hostile file can make us read. */
const MAX_SECTION_SIZE = 1 << 25;

/** Sizes of the headers and offsets of the fields this reader needs (tables 2 and 8 of the format). */
const LAYOUT = {
  32: {
    file: 52,
    shoff: 0x20,
    shentsize: 0x2e,
    shnum: 0x30,
    shstrndx: 0x32,
    header: 40,
    offset: 16,
    size: 20,
    link: 24,
  },
  64: {
    file: 64,
    shoff: 0x28,
    shentsize: 0x3a,
    shnum: 0x3c,
    shstrndx: 0x3e,
    header: 64,
    offset: 24,
    size: 32,
    link: 40,
  },
} as const;

/** Reads header and section table; throws a FormatError for anything that is not a whole relocatable ELF file. */
export function readElf(source: ByteSource): Elf {
  const { view, wide } = readIdent(source);
  const layout = LAYOUT[wide ? 64 : 32];
  view.need(0, layout.file);
  if (view.u16(16) !== ET_REL) throw new FormatError('not a relocatable ELF file');
  const table = word(view, wide, layout.shoff);
  if (table === 0) throw new FormatError('no section table');
  if (view.u16(layout.shentsize) !== layout.header)
    throw new FormatError('section headers of an unknown size');
  const first = readFirst(view, wide, table);
  // Counts that do not fit in 16 bits stand in the first section header instead.
  const count = view.u16(layout.shnum) || first.size;
  if (count > MAX_SECTIONS) throw new FormatError(`${count} sections, more than any module has`);
  const elf = { view, wide, table, count, names: first };
  checkSections(elf);
  const index = view.u16(layout.shstrndx);
  const names = sectionAt(elf, index === SHN_XINDEX ? first.link : index);
  if (names === undefined) throw new FormatError('no section names');
  loadSection(view, names);
  return { ...elf, names };
}

/** The section of this number; undefined when there is none, or when it has no bytes in the file. */
export function sectionAt(elf: Elf, index: number): ElfSection | undefined {
  const at = headerAt(elf, index);
  return index < elf.count && hasBytes(elf.view, at) ? readSection(elf.view, elf.wide, at) : undefined;
}

/** The first section of one name that has bytes in the file, undefined when there is none. */
export function sectionNamed(elf: Elf, name: string): ElfSection | undefined {
  return firstSection(elf, (at) => isNamed(elf, elf.view.u32(at), name));
}

/** The first section of one type that has bytes in the file, undefined when there is none. */
export function sectionOfType(elf: Elf, type: number): ElfSection | undefined {
  return firstSection(elf, (at) => elf.view.u32(at + TYPE) === type);
}

/** Makes the bytes of a section readable; one larger than any module has is a FormatError. */
export function loadSection(view: ByteView, { offset, size }: ElfSection): void {
  if (size > MAX_SECTION_SIZE)
    throw new FormatError(`a section of ${size} bytes, larger than any module has`);
  view.need(offset, size);
}

/** A comparison byte by byte: to make a string of each section's name would cost more than all else here. */
function isNamed({ view, names }: Elf, at: number, name: string): boolean {
  if (at + name.length >= names.size) return false;
  const start = names.offset + at;
  for (let i = 0; i < name.length; i++) if (view.bytes[start + i] !== name.charCodeAt(i)) return false;
  return view.bytes[start + name.length] === 0;
}

function firstSection(elf: Elf, fits: (header: number) => boolean): ElfSection | undefined {
  for (let index = 0; index < elf.count; index++) {
    const at = headerAt(elf, index);
    if (fits(at) && hasBytes(elf.view, at)) return readSection(elf.view, elf.wide, at);
  }
  return undefined;
}

function readIdent(source: ByteSource): { view: ByteView; wide: boolean } {
  const ident = new ByteView(source, false);
  if (source.size < IDENT_SIZE) throw new FormatError('not an ELF file');
  ident.need(0, IDENT_SIZE);
  if (ident.u32(0) !== MAGIC) throw new FormatError('not an ELF file');
  const width = ident.u8(4);
  const order = ident.u8(5);
  if (width !== CLASS_32 && width !== CLASS_64) throw new FormatError(`unknown ELF class ${width}`);
  if (order !== LITTLE && order !== BIG) throw new FormatError(`unknown ELF byte order ${order}`);
  return { view: new ByteView(source, order === LITTLE), wide: width === CLASS_64 };
}

/** The null section, whose fields hold what does not fit in the header of the file. */
function readFirst(view: ByteView, wide: boolean, table: number): ElfSection {
  view.need(table, LAYOUT[wide ? 64 : 32].header);
  return readSection(view, wide, table);
}

/** A module that is cut off has sections beyond its end. */
function checkSections(elf: Elf): void {
  const { view, wide, table, count } = elf;
  const layout = LAYOUT[wide ? 64 : 32];
  view.need(table, count * layout.header);
  for (let index = 0; index < count; index++) {
    const at = headerAt(elf, index);
    if (hasBytes(view, at))
      view.check(word(view, wide, at + layout.offset), word(view, wide, at + layout.size));
  }
}

function headerAt({ table, wide }: Elf, index: number): number {
  return table + index * LAYOUT[wide ? 64 : 32].header;
}

/** False for a section that only takes room in memory, whose offset and size say nothing about the file. */
function hasBytes(view: ByteView, header: number): boolean {
  const type = view.u32(header + TYPE);
  return type !== SHT_NOBITS && type !== SHT_NULL;
}

function readSection(view: ByteView, wide: boolean, at: number): ElfSection {
  const layout = LAYOUT[wide ? 64 : 32];
  return {
    offset: word(view, wide, at + layout.offset),
    size: word(view, wide, at + layout.size),
    link: view.u32(at + layout.link),
  };
}

function word(view: ByteView, wide: boolean, at: number): number {
  return wide ? view.u64(at) : view.u32(at);
}
