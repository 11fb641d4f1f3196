// Makes modprobe/builtin-names.json from the kernels that the tests look at: node build/builtin-names.mjs [NAME ...]
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { analyseTree } from './kernels/enumeration.mjs';
import { kernelTree } from './kernels/kernel-tree.mjs';
import { KERNELS } from './kernels/recipe.mjs';

process.chdir(new URL('..', import.meta.url).pathname);
const OUTPUT = 'modprobe/builtin-names.json';
const { drivers: PLACES, except: EXCEPT } = JSON.parse(readFileSync('modprobe/builtin-places.json', 'utf8'));
const BUSES = new Set(JSON.parse(readFileSync('modprobe/buses.json', 'utf8')));
const SYMBOLS = JSON.parse(readFileSync('modprobe/symbols.json', 'utf8'));
const CHOKE = new Set([...SYMBOLS.register, ...SYMBOLS.link]);

const creators = new Map();
const onRequest = new Map();
const others = new Set();
for (const kernel of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(KERNELS)) {
  const { facts, modules } = await analyseTree(await kernelTree(kernel));
  const verdicts = new Map(modules.map((verdict) => [verdict.path, verdict]));
  for (const module of facts) note(module, verdicts.get(module.path));
}
for (const name of creators.keys()) others.delete(name);
const names = { creators: byClass(creators), onRequest: byClass(onRequest), others: [...others].sort() };
writeFileSync(OUTPUT, `${JSON.stringify(names, null, 2)}\n`);
execFileSync('node_modules/.bin/biome', ['format', '--write', OUTPUT]);
console.log(
  `${OUTPUT}: ${creators.size} creators, ${onRequest.size} on request, ${others.size} others among network drivers`,
);

/** A creator counts when it finds a device, by a bus alias or as `hardware` by itself; an allowed one when strict blocks it. */
function note(module, verdict) {
  const served = module.aliases.some((alias) => BUSES.has(alias.split(':')[0]));
  if (verdict && !verdict.blocked && module.imports.some((symbol) => CHOKE.has(symbol)))
    onRequest.set(module.name, verdict.class);
  if (verdict?.blocked && (served || verdict.class === 'hardware')) creators.set(module.name, verdict.class);
  else if (served && isPlaced(module.path)) others.add(module.name);
}

function isPlaced(path) {
  const starts = (place) => path.startsWith(place);
  return PLACES.some(starts) && !EXCEPT.some(starts);
}

function byClass(found) {
  const classes = [...new Set(found.values())].sort();
  const ofClass = (kind) => [...found].filter(([, other]) => other === kind).map(([name]) => name);
  return Object.fromEntries(classes.map((kind) => [kind, ofClass(kind).sort()]));
}
