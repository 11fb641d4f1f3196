import assert from 'node:assert/strict';
import { type ByteSource, inMemory } from '../../src/modules/byte-view.ts';
import { factsFrom, type ModuleFacts } from '../../src/modules/module-facts.ts';
import { NameTable } from '../../src/modules/names.ts';
import { buildModule } from '../../test/modules/build-module.ts';
import { OF_ELF } from './mutate-elf.ts';
import type { Target } from './target.ts';

const PATH = 'kernel/drivers/net/made-up.ko';
/** A table is shared by the modules of one kernel, of which there are some four thousand. */
const MODULES_PER_TABLE = 4000;
/** What bytes hold that were never asked for. */
const POISON = 0x41;

const RECIPES = [
  {},
  {
    imports: ['register_netdev', 'printk'],
    modinfo: ['alias=pci:v00008086d00001533*', 'depends=mii,libphy'],
  },
  { exports: ['usbnet_probe', 'usbnet_open'], modinfo: ['softdep=pre: realtek', 'name=usbnet', 'alias='] },
  {
    exports: ['a', 'b'],
    exportsIn: 'strings' as const,
    imports: Array.from({ length: 60 }, (_, i) => `s${i}`),
  },
  {
    modinfo: [`alias=${'x'.repeat(300)}`, 'no equals sign', '=', 'depends=,,a-b,'],
    imports: ['x'.repeat(600)],
  },
];
const FORMS = [
  { wide: true, little: true },
  { wide: true, little: false },
  { wide: false, little: true },
  { wide: false, little: false },
];

/** Small modules of every width and byte order, and as many of the given real ones. */
export function moduleCorpus(real: readonly Buffer[]): Buffer[] {
  return [...RECIPES.flatMap((recipe) => FORMS.map((form) => buildModule({ ...recipe, ...form }))), ...real];
}

/** Kernel modules: read as a whole, and piece by piece as from a file; both must come to the same. */
export function moduleTarget(real: readonly Buffer[]): Target {
  let names = new NameTable();
  let runs = 0;
  const run = (input: Buffer) => {
    if (runs++ % MODULES_PER_TABLE === 0) names = new NameTable();
    const whole = factsFrom(PATH, inMemory(input), names);
    const pieces = factsFrom(PATH, inPieces(input), names);
    assert.deepEqual(pieces, whole, 'a module read piece by piece differs from the same read as a whole');
    checkFacts(whole, input);
  };
  return { name: 'module', weight: 12, corpus: moduleCorpus(real), mutations: OF_ELF, run };
}

/** A file of which nothing is there but what was asked for. */
function inPieces(input: Buffer): ByteSource {
  const bytes = Buffer.alloc(input.length + 1, POISON);
  const load = (at: number, size: number) => void input.copy(bytes, at, at, at + size);
  return { bytes, size: input.length, load };
}

/** Names that are not in the file were made up. */
function checkFacts({ imports, exports, aliases, problem }: ModuleFacts, input: Buffer): void {
  if (problem !== '') assert.equal(imports.length + exports.length + aliases.length, 0);
  for (const name of [...imports.slice(0, 3), ...exports.slice(0, 3), ...aliases.slice(0, 3)])
    assert.ok(input.includes(name, 0, 'latin1'), `${name} is not in the module`);
}
