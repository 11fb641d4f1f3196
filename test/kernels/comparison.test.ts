import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  compareMethods,
  formatCounts,
  formatMethods,
  formatMissed,
  namedAsMissed,
  readPage,
} from '../../build/kernels/comparison.mjs';
import { GOLDEN_KERNELS } from '../../build/kernels/golden.mjs';
import { cardDrivers, judgeChoice } from '../../build/kernels/judgement.mjs';
import { KERNELS } from '../../build/kernels/recipe.mjs';
import { type RealKernel, readKernels } from './kernels.ts';

type Comparison = Awaited<ReturnType<typeof compareMethods>>;

const RENEW = 'see what changed, then: node build/kernels.mjs --comparison';
const page = readPage();
const subjects: (RealKernel & { comparison: Comparison })[] = [];
for (const real of await readKernels(Object.keys(KERNELS)))
  subjects.push({ ...real, comparison: await compareMethods(real.name, real.root, real.kernel) });
const test = suite('the comparison with other methods');

for (const { name, kernel, comparison } of subjects) {
  const onRecord = page.includes(formatCounts(comparison).split('|').slice(0, 2).join('|'));
  if (!onRecord) console.log(`${kernel.release} is not the kernel of the page; ${RENEW}`);
  else
    test(`${kernel.release}: the page has today's figures`, () => {
      for (const text of tablesOf(comparison)) assert.ok(page.includes(text), `${text}\n${RENEW}`);
    });

  test(`${name}: a driver that the page names as missed is missed, if this kernel has it`, () => {
    assert.equal(wronglyNamed(comparison, cardDrivers(kernel), page), []);
  });
}

for (const { name, kernel, comparison } of subjects.filter(isGolden)) {
  test(`${name}: every other method misses drivers of cards`, () => {
    for (const { method, missedCards } of comparison.rows) assert.ok(missedCards.length > 0, method);
  });

  test(`${name}: a choice of nothing misses every driver of a card, macveil's own none`, () => {
    const blocked = kernel.modules.filter((module) => module.blocked).map((module) => module.name);
    assert.is(judgeChoice(new Set(), kernel).missedCards.length, cardDrivers(kernel).size);
    assert.equal(judgeChoice(new Set(blocked), kernel).missed, []);
  });

  test(`${name}: a driver wrongly named as missed would be noticed`, () => {
    const doctored = page.replace(`**${name}, directory:** `, `**${name}, directory:** e1000e, `);
    assert.equal(wronglyNamed(comparison, cardDrivers(kernel), doctored), ['directory: e1000e']);
  });
}

test.run();

function tablesOf(comparison: Comparison): string[] {
  const missed = GOLDEN_KERNELS.includes(comparison.name) ? [formatMissed(comparison)] : [];
  return [formatCounts(comparison), formatMethods(comparison), ...missed];
}

/** What the page says a method misses, and it finds. */
function wronglyNamed({ name, rows }: Comparison, cards: Set<string>, text: string): string[] {
  return rows.flatMap(({ method, missedCards }) =>
    namedAsMissed(text, name, method)
      .filter((driver: string) => cards.has(driver) && !missedCards.includes(driver))
      .map((driver: string) => `${method}: ${driver}`),
  );
}

function isGolden({ name }: RealKernel): boolean {
  return GOLDEN_KERNELS.includes(name);
}
