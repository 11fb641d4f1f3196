import { FormatError } from './byte-view.ts';
import { type Elf, type ElfSection, hasBytes, sectionNamed, sectionOfType } from './elf.ts';

/** What a module takes from other modules or the kernel, and what it offers them. */
export interface Symbols {
  imports: string[];
  exports: string[];
}

const SHT_SYMTAB = 2;
const SHN_UNDEF = 0;
/** EXPORT_SYMBOL makes one local symbol of this prefix for each exported one (linux/export.h). */
const EXPORT_PREFIX = '__ksymtab_';
const EXPORT_BYTES = Buffer.from(EXPORT_PREFIX, 'latin1');
/** EXPORT_SYMBOL also puts the name here; this survives `strip`, which drops local symbols. */
const EXPORT_STRINGS = '__ksymtab_strings';
/** Fifty times what the largest module of Debian's 6.12 has (i915: 1273); bounds the memory one hostile file can take. */
const MAX_SYMBOLS = 1 << 16;

/** Undefined symbols and exports of a module; throws a FormatError when its tables do not hold together. */
export function readSymbols(elf: Elf): Symbols {
  const table = sectionOfType(elf, SHT_SYMTAB);
  if (table === undefined) throw new FormatError('no symbol table');
  const strings = elf.sections[table.link];
  if (strings === undefined || !hasBytes(strings)) throw new FormatError('no symbol names');
  const imports: string[] = [];
  const exports = exportStrings(elf);
  scanTable(elf, table, strings, imports, exports);
  return { imports, exports: [...exports] };
}

function scanTable(
  elf: Elf,
  table: ElfSection,
  strings: ElfSection,
  imports: string[],
  exports: Set<string>,
): void {
  const { view, wide } = elf;
  const entry = wide ? 24 : 16;
  const sectionIndex = wide ? 6 : 14;
  const end = strings.offset + strings.size;
  // Entry 0 is the reserved empty symbol.
  for (let at = table.offset + entry; at + entry <= table.offset + table.size; at += entry) {
    const name = strings.offset + view.u32(at);
    if (name === strings.offset) continue;
    checkCount(imports.length + exports.size);
    if (view.u16(at + sectionIndex) === SHN_UNDEF) imports.push(view.text(name, end));
    else if (startsExport(view.bytes, name)) exports.add(view.text(name, end).slice(EXPORT_PREFIX.length));
  }
}

/** A byte comparison first: most symbols of a module are neither imports nor exports, and need no string made. */
function startsExport(bytes: Buffer, at: number): boolean {
  for (let i = 0; i < EXPORT_BYTES.length; i++) if (bytes[at + i] !== EXPORT_BYTES[i]) return false;
  return true;
}

function exportStrings(elf: Elf): Set<string> {
  const names = new Set<string>();
  const section = sectionNamed(elf, EXPORT_STRINGS);
  const end = section === undefined ? 0 : section.offset + section.size;
  for (let at = section?.offset ?? 0; at < end; ) {
    const name = elf.view.text(at, end);
    checkCount(names.size);
    if (name !== '') names.add(name);
    at += name.length + 1;
  }
  return names;
}

function checkCount(count: number): void {
  if (count > MAX_SYMBOLS) throw new FormatError('more symbols than any module has');
}
