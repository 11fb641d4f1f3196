import { readFileSync } from 'node:fs';

/** A line of a test file that names what has to be made for it: `// needs: 6.1-amd64, dracut`. */
const LINE = /^\/\/ needs: (.+)$/m;
/** What every test file of a place needs: those of test/vm boot the demo image; the refresh tests install this working copy. */
const OF_PLACES = [
  { start: 'test/vm/', names: ['macveil-hook', 'demo-image'] },
  { start: 'test/kernels/refresh-', names: ['macveil-hook'] },
];

/** Of the known products, in their order, those that these test files need; an Error for a name that is not known. */
export function findNeeds(files, known) {
  const wanted = new Set(files.flatMap((file) => needsOf(file, known)));
  return known.filter((name) => wanted.has(name));
}

function needsOf(file, known) {
  const names = [...namesOfPlace(file), ...parseNeeds(readFileSync(file, 'utf8'))];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  throw new Error(`${file}: its line "needs:" names ${unknown}, which is none of ${known.join(', ')}`);
}

function namesOfPlace(file) {
  return OF_PLACES.filter(({ start }) => file.startsWith(start)).flatMap(({ names }) => names);
}

function parseNeeds(text) {
  return LINE.exec(text)?.[1].split(/,\s*/) ?? [];
}
