import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkImage } from '../../src/check/check.ts';
import type { Finding } from '../../src/check/finding.ts';
import { analyseRoot } from '../../src/modules/enumerate.ts';
import { HARMLESS } from './harmless.ts';
import { INDEX_OPENINGS } from './index-openings.ts';
import { copyImage, type MadeImage, makeImage, packInitrd } from './made-image.ts';
import { OPENINGS } from './openings.ts';

const image = makeImage();

for (const { title, change, kinds, what } of [...INDEX_OPENINGS, ...OPENINGS]) {
  test(`${title}: ${kinds.join(', ')}`, async () => {
    const found = await findingsAfter(change);
    const text = JSON.stringify(found, null, 1);
    assert.equal([...new Set(found.map(({ kind }) => kind))].sort(), [...kinds].sort(), text);
    assert.ok(
      found.some((finding) => what.test(finding.what)),
      text,
    );
  });
}

for (const { title, change } of HARMLESS) {
  test(`${title}: nothing to say`, async () => {
    assert.equal(await findingsAfter(change), []);
  });
}

async function findingsAfter(change: (image: MadeImage) => void): Promise<Finding[]> {
  const copy = copyImage(image);
  change(copy);
  const initrds = [packInitrd(copy)];
  const analyse = () => analyseRoot(copy.root, {});
  return (await checkImage({ root: copy.root, initrds, analyse })).findings;
}

test.run();
