// needs: 6.1-amd64, 6.1-cloud-amd64, 6.1-arm64, 6.12-amd64, 6.12-cloud-amd64, 6.12-arm64, dracut
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  compareMethods,
  formatCounts,
  formatMethods,
  formatMissed,
  isOnPage,
  namedAsMissed,
  readPage,
} from '../../build/kernels/comparison.mjs';
import { GOLDEN_KERNELS } from '../../build/kernels/golden.mjs';
import { cardDrivers, judgeChoice } from '../../build/kernels/judgement.mjs';
import { KERNELS } from '../../build/kernels/recipe.mjs';
import { note } from '../note.ts';
import { findProduct, type RealKernel, readKernels } from './kernels.ts';
import { expectNone } from './record.ts';

type Comparison = Awaited<ReturnType<typeof compareMethods>>;

const RENEW = 'see what changed, then: node build/kernels.mjs --comparison';
const page = readPage();
const subjects: (RealKernel & { comparison: Comparison })[] = [];
// One of the methods is dracut's: without it there is nothing to compare.
const names = (await findProduct('dracut')) ? Object.keys(KERNELS) : [];
for (const real of await readKernels(names))
  subjects.push({ ...real, comparison: await compareMethods(real.name, real.root, real.kernel) });

for (const { kernel, comparison } of subjects) {
  if (!isOnPage(page, kernel.release)) note(`${kernel.release} is not the kernel of the page; ${RENEW}`);
  else
    test(`${kernel.release}: the page has today's figures`, () => {
      for (const text of tablesOf(comparison)) assert.ok(page.includes(text), `${text}\n${RENEW}`);
    });
}

for (const { name, kernel, comparison } of subjects.filter(isGolden)) {
  test(`${name}: a driver that the page names as missed is missed, if this kernel has it`, () => {
    expectNone(kernel.release, wronglyNamed(comparison, cardDrivers(kernel), page), RENEW);
  });

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

test('a kernel whose drivers the page does not name is an error, not a kernel of which none is missed', () => {
  assert.throws(() => namedAsMissed(page, '6.1-arm64', 'directory'), /does not name what directory misses/);
});

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
