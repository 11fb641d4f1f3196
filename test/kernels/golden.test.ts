import { suite, test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  compareGolden,
  formatGolden,
  GOLDEN_KERNELS,
  parseGolden,
  readGolden,
} from '../../build/kernels/golden.mjs';
import type { KernelAnalysis } from '../../src/modules/enumerate.ts';
import { readKernels } from './kernels.ts';

const RENEW = 'see what changed, then: node build/kernels.mjs --golden';
const RECORD = 'kernel 1\nclass hardware blocked 1\nmodule e1000 hardware blocked\nother ext4\n';

for (const { name, kernel } of await readKernels(GOLDEN_KERNELS)) testKernel(name, kernel);
testComparison();

function testKernel(name: string, kernel: KernelAnalysis): void {
  const current = formatGolden(kernel);
  const recorded = readGolden(name);
  const { release } = parseGolden(recorded);
  const golden = suite(`golden ${name}`);

  golden('the record is of a kernel like this one', () => {
    const known = parseGolden(recorded).verdicts;
    assert.ok(kernel.facts.filter((module) => known.has(module.name)).length > kernel.total / 2);
  });

  golden('every module that was known has the class and the verdict on record', () => {
    const { changed, added, removed } = compareGolden(recorded, current);
    if (release !== kernel.release)
      announce(`${release} is on record, this is ${kernel.release}`, added, removed);
    assert.equal(changed, [], `changed verdicts; ${RENEW}`);
  });

  if (release === kernel.release) {
    golden('the kernel on record comes out as it stands there, to the letter', () => {
      assert.fixture(current, recorded, RENEW);
    });
  }
  golden.run();
}

function announce(what: string, added: string[], removed: string[]): void {
  console.log(`${what}: ${added.length} modules are new, ${removed.length} are gone; ${RENEW}`);
  for (const line of added) console.log(`  new: ${line}`);
  for (const line of removed) console.log(`  gone: ${line}`);
}

// The detector itself.
function testComparison(): void {
  test('a module that is judged differently is named with both verdicts', () => {
    const today = RECORD.replace('e1000 hardware blocked', 'e1000 virtual allowed');
    assert.equal(compareGolden(RECORD, today).changed, ['e1000: hardware blocked -> virtual allowed']);
  });

  test('a module that begins to matter is a changed verdict, not a new module', () => {
    const today = RECORD.replace('other ext4', 'module ext4 client blocked');
    assert.equal(compareGolden(RECORD, today).changed, ['ext4: - -> client blocked']);
  });

  test('a module that only one of two kernels has is no changed verdict', () => {
    const today = RECORD.replace('module e1000 hardware', 'module e2000 hardware');
    const { changed, added, removed } = compareGolden(RECORD, today);
    assert.equal([changed, added, removed], [[], ['e2000 hardware blocked'], ['e1000 hardware blocked']]);
  });

  test.run();
}
