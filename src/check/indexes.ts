import { posix } from 'node:path';
import { type ModuleFacts, moduleName } from '../modules/module-facts.ts';
import type { FileTree } from './file-tree.ts';
import type { Finding } from './finding.ts';
import { parseIndex } from './index-file.ts';
import { underscores } from './modprobe-config.ts';
import { someOf } from './some-of.ts';

/** Without the first modprobe finds no module by name, without the second none by alias (libkmod.c). */
const DEPENDENCIES = 'modules.dep.bin';
const ALIASES = 'modules.alias.bin';

/** What modprobe goes by in one place, and what of it is missing, damaged, or older than the modules. */
export interface Indexes {
  findings: Finding[];
  /** Modules that modprobe must find, each with the file that is there and that the index leads to. */
  known: Map<string, string>;
}

/** The modules of one kernel in a tree, by paths below its folder, with what was read in those of its root. */
export interface IndexedKernel {
  release: string;
  files: string[];
  facts: readonly ModuleFacts[];
}

/** Compares modprobe's indexes with the modules that are there: what an index does not know is tried in vain. */
export function readIndexes(tree: FileTree, kernel: IndexedKernel): Indexes {
  const reader = new Reader(tree, kernel.release);
  const dependencies = reader.read(DEPENDENCIES);
  const aliases = reader.read(ALIASES);
  const known = dependencies === null ? new Map() : reader.compareFiles(dependencies, new Set(kernel.files));
  if (aliases !== null) reader.compareAliases(aliases, kernel.facts, known);
  return { findings: reader.findings, known };
}

class Reader {
  readonly findings: Finding[] = [];
  readonly #tree: FileTree;
  readonly #release: string;
  readonly #folder: string;

  constructor(tree: FileTree, release: string) {
    this.#tree = tree;
    this.#release = release;
    this.#folder = `lib/modules/${release}`;
  }

  read(name: string): Map<string, string[]> | null {
    const content = this.#tree.content(`${this.#folder}/${name}`);
    const index = content === null ? null : parseIndex(content);
    const state = content === null ? 'is missing' : 'is damaged';
    if (index === null) this.#note(name, `${name} of ${this.#release} ${state}: loading cannot be tried`);
    return index;
  }

  compareFiles(index: Map<string, string[]>, files: ReadonlySet<string>): Map<string, string> {
    const known = new Map<string, string>();
    const strange = new Set<string>();
    for (const [name, lines] of index) {
      const [file = '', ...needed] = pathsOf(lines);
      if (files.has(file)) known.set(name, file);
      for (const path of [file, ...needed]) if (!files.has(path) && this.#leads(path)) strange.add(path);
    }
    const unknown = [...files].filter((path) => !known.has(moduleName(path)));
    this.#older(DEPENDENCIES, 'modules', unknown);
    if (strange.size > 0) this.#strange([...strange]);
    return known;
  }

  /** Of two files of one name depmod takes one, with its aliases alone. */
  compareAliases(
    index: Map<string, string[]>,
    facts: readonly ModuleFacts[],
    known: ReadonlyMap<string, string>,
  ): void {
    const taken = facts.filter(({ name, path }) => known.get(name) === path);
    const unknown = taken.flatMap(({ name, aliases }) =>
      aliases.filter((alias) => !index.get(underscores(alias))?.includes(name)),
    );
    this.#older(ALIASES, 'aliases', unknown);
  }

  #strange(paths: string[]): void {
    const what = `${DEPENDENCIES} of ${this.#release} has files that are no modules of this kernel's folder, and nobody judged them`;
    const cure = `take out what leads depmod there (external and search lines of depmod.d), then ${depmod(this.#release)}`;
    this.#note(DEPENDENCIES, `${what}: ${someOf(paths)}`, cure);
  }

  /** Whether a path of the index can lead to a file; what an absolute one leads to may come with a mount. */
  #leads(path: string): boolean {
    return path.startsWith('/') || (path !== '' && this.#tree.real(posix.join(this.#folder, path)) !== null);
  }

  #older(name: string, what: string, unknown: string[]): void {
    if (unknown.length === 0) return;
    const them = `${what} that are there: ${someOf(unknown)}`;
    this.#note(name, `${name} of ${this.#release} does not know ${them}; they cannot be tried`);
  }

  #note(name: string, what: string, cure = depmod(this.#release)): void {
    this.findings.push({ kind: 'index', what, where: this.#tree.show(`${this.#folder}/${name}`), cure });
  }
}

/** A line is a module's file and a colon, then the files it needs (modules.dep(5)). */
function pathsOf(lines: string[]): string[] {
  const [file = '', ...needed] = (lines[0] ?? '').split(':');
  return [file, ...needed.join(':').split(' ')];
}

function depmod(release: string): string {
  return `run: depmod -b ROOT ${release}, then rebuild the initramfs`;
}
