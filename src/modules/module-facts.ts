import { type ByteSource, FormatError, inMemory } from './byte-view.ts';
import { type Elf, loadSection, readElf, sectionNamed } from './elf.ts';
import { NameTable } from './names.ts';
import { readSymbols, type Symbols } from './symbols.ts';

/** What the bytes of one module say (linux/module.h, MODULE_INFO). */
export interface ModuleContents extends Symbols {
  aliases: string[];
  softdeps: string[];
  depends: string[];
}

/** One module file of a kernel; `problem` is why it could not be read, '' when it could. */
export interface ModuleFacts extends ModuleContents {
  /** As modprobe knows it: the file's name up to the first dot, `-` written as `_` (libkmod). */
  name: string;
  /** Relative to the kernel's directory. */
  path: string;
  problem: string;
}

const MODINFO = '.modinfo';
/** Entries are `key=value`, each ended by a NUL (linux/moduleparam.h, __MODULE_INFO). */
const ENTRY = /(?:^|\0)(alias|softdep|depends)=([^\0]*)/g;
/** Fifty times the largest of Debian's 6.12 (option, a driver of many USB devices: 75 kB). */
const MAX_MODINFO = 4 * 1024 * 1024;

/** Reads one decompressed module; throws a FormatError when it is not a whole kernel module. */
export function readModule(bytes: Buffer): ModuleContents {
  return readContents(inMemory(bytes), new NameTable());
}

/** The facts of one module that is in memory: its contents, or the problem that keeps them from being known. */
export function moduleFacts(path: string, bytes: Buffer): ModuleFacts {
  return factsFrom(path, inMemory(bytes), new NameTable());
}

/** The same of a module of which only what is needed is brought into memory; modules of one kernel share `names`. */
export function factsFrom(path: string, source: ByteSource, names: NameTable): ModuleFacts {
  try {
    return { name: moduleName(path), path, problem: '', ...readContents(source, names) };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return problemFacts(path, error.message);
  }
}

/** A module of which nothing is known but that something is wrong with it. */
export function problemFacts(path: string, problem: string): ModuleFacts {
  const nothing = { imports: [], exports: [], aliases: [], softdeps: [], depends: [] };
  return { name: moduleName(path), path, problem, ...nothing };
}

/** The name modprobe uses for a module file. */
export function moduleName(path: string): string {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return (file.split('.')[0] ?? '').replaceAll('-', '_');
}

function readContents(source: ByteSource, names: NameTable): ModuleContents {
  const elf = readElf(source);
  return { ...readModinfo(elf, names), ...readSymbols(elf, names) };
}

type Modinfo = Pick<ModuleContents, 'aliases' | 'softdeps' | 'depends'>;

function readModinfo(elf: Elf, names: NameTable): Modinfo {
  const section = sectionNamed(elf, MODINFO);
  if (section === undefined) throw new FormatError('no .modinfo section');
  if (section.size > MAX_MODINFO) throw new FormatError('a .modinfo larger than any module has');
  loadSection(elf.view, section);
  // A part of a text keeps all of it in memory.
  names.reserve(section.size);
  const text = elf.view.bytes.toString('latin1', section.offset, section.offset + section.size);
  const values = { alias: [] as string[], softdep: [] as string[], depends: [] as string[] };
  ENTRY.lastIndex = 0;
  for (let found = ENTRY.exec(text); found !== null; found = ENTRY.exec(text))
    values[found[1] as keyof typeof values].push(found[2] ?? '');
  return { aliases: values.alias, softdeps: values.softdep, depends: values.depends.flatMap(moduleNames) };
}

function moduleNames(list: string): string[] {
  const names = list.split(',').filter((name) => name !== '');
  return names.map((name) => name.replaceAll('-', '_'));
}
