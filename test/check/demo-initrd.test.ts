// needs: macveil-hook, demo-image
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { exitCodeOf } from '../../src/check/finding.ts';
import { BLOCKLIST, HOOK } from '../../src/paths.ts';
import { skipTest } from '../skip.ts';
import { analyseDemo, findingsOf, kinds, places, sentence, subjects } from './demo-findings.ts';
import { appendFiles, type DemoImage, demoProblem, unpackDemo, withoutFiles } from './demo-image.ts';
import { withFiles } from './with-files.ts';

const LIST = BLOCKLIST.slice(1);
const DRIVER = 'e1000';

const problem = demoProblem();
if (problem) skipTest(test, "each fault in the demo image's initrd is found", problem);
else addTests(unpackDemo());

function addTests(demo: DemoImage): void {
  const { root, initrd } = demo;
  const analysis = analyseDemo(demo);
  const check = (changed: string) => findingsOf(demo, changed, analysis);

  test('a list in a folder that no initramfs generator copies is found, and everything opens in the initrd', () => {
    const elsewhere = LIST.replace('usr/lib', 'usr/local/lib');
    const moved = { [LIST]: null, [elsewhere]: readFileSync(join(root, LIST)) };
    return withFiles(root, moved, async () => {
      const findings = await check(await withoutFiles(initrd, [LIST]));
      assert.equal(places(findings, 'initrd-list'), [`/${elsewhere}`, `initrd.img: ${BLOCKLIST}`]);
      assert.equal(kinds(findings), ['initrd-list', 'loading']);
      assert.ok(places(findings, 'loading').every((where) => where.startsWith('initrd.img: ')));
      assert.ok(subjects(findings, 'loading').has(DRIVER));
      assert.is(exitCodeOf(findings), 11);
    });
  });

  test('busybox as modprobe is found, and every blocked module that the boot list then loads', async () => {
    const lists = { 'conf/modules': `# for the network\n${DRIVER}\next4\n` };
    const findings = await check(appendFiles(initrd, lists, { 'usr/sbin/modprobe': '../bin/busybox' }));
    assert.equal(kinds(findings), ['initrd-modprobe', 'preload']);
    assert.equal([...subjects(findings, 'preload')], [DRIVER]);
    assert.match(sentence(findings, 'preload'), 'conf/modules:2');
    assert.is(exitCodeOf(findings), 12);
  });

  test('the same boot list opens nothing where modprobe is kmod', async () => {
    assert.equal(await check(appendFiles(initrd, { 'conf/modules': `${DRIVER}\n` })), []);
  });

  test('a hook that is missing is named', async () => {
    const findings = await check(await withoutFiles(initrd, [HOOK.slice(1)]));
    assert.equal(kinds(findings), ['initrd-hook']);
    assert.equal([...subjects(findings, 'initrd-hook')], [HOOK]);
    assert.is(exitCodeOf(findings), 17);
  });

  test('an older copy of the hook is named', async () => {
    const findings = await check(appendFiles(initrd, { [HOOK.slice(1)]: 'an older one' }));
    assert.equal(kinds(findings), ['initrd-hook']);
    assert.match(sentence(findings, 'initrd-hook'), "is not the root's");
  });
}

test.run();
