import { FormatError } from './byte-view.ts';
import { type Elf, type ElfSection, loadSection, sectionAt, sectionNamed, sectionOfType } from './elf.ts';
import type { NameTable } from './names.ts';

/** What a module takes from other modules or the kernel, and what it offers them. */
export interface Symbols {
  imports: string[];
  exports: string[];
}

/** Bytes that one more use of a name takes. */
const POINTER = 8;
const SHT_SYMTAB = 2;
const SHN_UNDEF = 0;
/** EXPORT_SYMBOL makes one local symbol of this prefix for each exported one (linux/export.h). */
const EXPORT_PREFIX = Buffer.from('__ksymtab_', 'latin1');
/** EXPORT_SYMBOL also puts the name here; this survives `strip`, which drops local symbols. */
const EXPORT_STRINGS = '__ksymtab_strings';
/** Fifty times what the largest module of Debian's 6.12 has (i915: 1273); bounds the memory one hostile file can take. */
const MAX_SYMBOLS = 1 << 16;

/** Undefined symbols and exports of a module; throws a FormatError when its tables do not hold together. */
export function readSymbols(elf: Elf, names: NameTable): Symbols {
  const table = sectionOfType(elf, SHT_SYMTAB);
  if (table === undefined) throw new FormatError('no symbol table');
  const strings = sectionAt(elf, table.link);
  if (strings === undefined) throw new FormatError('no symbol names');
  loadSection(elf.view, table);
  loadSection(elf.view, strings);
  const imports: string[] = [];
  const exports = exportStrings(elf, names);
  scanTable({ elf, names, table, strings }, imports, exports);
  names.reserve(POINTER * (imports.length + exports.size));
  return { imports, exports: [...exports] };
}

interface Scan {
  elf: Elf;
  names: NameTable;
  table: ElfSection;
  strings: ElfSection;
}

/** Looks at every entry: how many are said to be local (sh_info) is not believed. */
function scanTable({ elf, names, table, strings }: Scan, imports: string[], exports: Set<string>): void {
  const { view, wide } = elf;
  const entry = wide ? 24 : 16;
  const sectionIndex = wide ? 6 : 14;
  const end = strings.offset + strings.size;
  // Entry 0 is the reserved empty symbol.
  for (let at = table.offset + entry; at + entry <= table.offset + table.size; at += entry) {
    const name = strings.offset + view.u32(at);
    if (name === strings.offset) continue;
    if (view.u16(at + sectionIndex) === SHN_UNDEF) imports.push(names.read(view.bytes, name, end));
    else if (isExport(view.bytes, name, end))
      exports.add(names.read(view.bytes, name + EXPORT_PREFIX.length, end));
    else continue;
    checkCount(imports.length + exports.size);
  }
}

/** A byte comparison first: most symbols of a module are neither imports nor exports, and need no string made. */
function isExport(bytes: Buffer, at: number, end: number): boolean {
  if (at + EXPORT_PREFIX.length >= end) return false;
  for (let i = 0; i < EXPORT_PREFIX.length; i++) if (bytes[at + i] !== EXPORT_PREFIX[i]) return false;
  return true;
}

function exportStrings(elf: Elf, names: NameTable): Set<string> {
  const found = new Set<string>();
  const section = sectionNamed(elf, EXPORT_STRINGS);
  if (section === undefined) return found;
  loadSection(elf.view, section);
  const end = section.offset + section.size;
  for (let at = section.offset; at < end; ) {
    const name = names.read(elf.view.bytes, at, end);
    if (name !== '') found.add(name);
    checkCount(found.size);
    at += name.length + 1;
  }
  return found;
}

function checkCount(count: number): void {
  if (count > MAX_SYMBOLS) throw new FormatError('more symbols than any module has');
}
