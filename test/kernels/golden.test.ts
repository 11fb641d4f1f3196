// needs: 6.1-amd64, 6.12-amd64
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
import { note } from '../note.ts';
import { readKernels } from './kernels.ts';

const RENEW = 'see what changed, then: node build/kernels.mjs --golden';
/** A later release moves a handful of verdicts; a broken rule moves hundreds. */
const FEW = 0.01;
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

  if (release === kernel.release) {
    golden('the kernel on record comes out as it stands there, to the letter', () => {
      assert.equal(compareGolden(recorded, current).changed, [], `changed verdicts; ${RENEW}`);
      assert.fixture(current, recorded, RENEW);
    });
  } else {
    golden('nearly every module that was known has the class and the verdict on record', () => {
      const differences = compareGolden(recorded, current);
      announce(`${release} is on record, this is ${kernel.release}`, differences);
      assert.ok(differences.changed.length <= FEW * kernel.total, `changed verdicts; ${RENEW}`);
    });
  }
  golden.run();
}

function announce(what: string, { changed, added, removed }: ReturnType<typeof compareGolden>): void {
  note(`${what}: ${changed.length} verdicts differ, ${added.length} modules are new; ${RENEW}`);
  for (const line of changed) note(`  differs: ${line}`);
  for (const line of added) note(`  new: ${line}`);
  for (const line of removed) note(`  gone: ${line}`);
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
