import { FormatError } from './byte-view.ts';
import { readElf, sectionNamed } from './elf.ts';
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
/** Fifty times the largest of Debian's 6.12 (option, a driver of many USB devices: 75 kB). */
const MAX_MODINFO = 4 * 1024 * 1024;

/** Reads one decompressed module; throws a FormatError when it is not a whole kernel module. */
export function readModule(bytes: Buffer): ModuleContents {
  const elf = readElf(bytes);
  const section = sectionNamed(elf, MODINFO);
  if (section === undefined) throw new FormatError('no .modinfo section');
  if (section.size > MAX_MODINFO) throw new FormatError('a .modinfo larger than any module has');
  const text = bytes.toString('latin1', section.offset, section.offset + section.size);
  return { ...readSymbols(elf), ...parseModinfo(text) };
}

/** The facts of one module file: its contents, or the problem that keeps them from being known. */
export function moduleFacts(path: string, bytes: Buffer): ModuleFacts {
  try {
    return { name: moduleName(path), path, problem: '', ...readModule(bytes) };
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

function parseModinfo(text: string): Pick<ModuleContents, 'aliases' | 'softdeps' | 'depends'> {
  const entries = text.split('\0');
  const values = (key: string) =>
    entries.filter((entry) => entry.startsWith(`${key}=`)).map((entry) => entry.slice(key.length + 1));
  const depends = values('depends').flatMap((list) => list.split(','));
  return {
    aliases: values('alias'),
    softdeps: values('softdep'),
    depends: depends.filter((name) => name !== '').map((name) => name.replaceAll('-', '_')),
  };
}
