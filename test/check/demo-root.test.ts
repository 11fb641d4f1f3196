// needs: macveil-hook, demo-image
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { exitCodeOf, type Finding } from '../../src/check/finding.ts';
import { BLOCKLIST } from '../../src/paths.ts';
import { macveil } from '../cli/run.ts';
import { buildModule } from '../modules/build-module.ts';
import { skipTest } from '../skip.ts';
import { analyseDemo, findingsOf, kinds, places, sentence, subjects } from './demo-findings.ts';
import { type DemoImage, demoProblem, unpackDemo } from './demo-image.ts';
import { type Changes, withFiles } from './with-files.ts';

const LIST = BLOCKLIST.slice(1);
const DRIVER = 'e1000';

const problem = demoProblem();
if (problem) skipTest(test, 'the demo image is proven, and each fault in its root is found', problem);
else addTests(unpackDemo());

function addTests(demo: DemoImage): void {
  const { root, initrd } = demo;
  const list = readFileSync(join(root, LIST), 'utf8');
  // Reading thousands of modules takes seconds, and most faults leave them as they are.
  const unchanged = analyseDemo(demo);

  test('the demo image is proven', () => {
    const run = macveil('check', '--root', root, '--initrd', initrd);
    assert.is(run.exitCode, 0, run.stdout + run.stderr);
    assert.match(
      run.stdout,
      /^proven: \d{3} blocked modules and \d{4} aliases and symbols tried .* kmod \d\S* \(the image's own\) and kmod \d/,
    );
  });

  test('a list that was removed is the first thing to say, and every blocked module is found open', () =>
    faulty({ [LIST]: null }, async (findings) => {
      assert.equal(places(findings, 'list'), [BLOCKLIST]);
      assert.is(exitCodeOf(findings), 10);
      const [kernel] = (await unchanged).kernels;
      const blocked = kernel?.modules.filter((module) => module.blocked).map(({ name }) => name) ?? [];
      const open = subjects(findings, 'loading');
      assert.ok(blocked.length > 300);
      assert.equal(
        blocked.filter((name) => !open.has(name)),
        [],
      );
    }));

  test('an install line that was removed opens its module, and both are said', () =>
    faulty({ [LIST]: list.replace(`install ${DRIVER} /bin/false\n`, '') }, (findings) => {
      assert.equal([...subjects(findings, 'list')], [DRIVER]);
      assert.equal([...subjects(findings, 'loading')], [DRIVER]);
      assert.match(sentence(findings, 'loading'), `${DRIVER} loads by name (modprobe ${DRIVER})`);
    }));

  test('a softdep in a file that sorts before the list opens its module, and its line is named', () =>
    faulty({ 'etc/modprobe.d/00-other.conf': `# mine\nsoftdep ${DRIVER} pre: crc32\n` }, (findings) => {
      assert.equal(kinds(findings), ['loading']);
      assert.equal([...subjects(findings, 'loading')], [DRIVER]);
      assert.equal(places(findings, 'loading'), ['/etc/modprobe.d/00-other.conf:2']);
      assert.is(exitCodeOf(findings), 14);
    }));

  test('the same softdep in a file that sorts after the list opens nothing', () =>
    faulty({ 'etc/modprobe.d/zz-other.conf': `softdep ${DRIVER} pre: crc32\n` }, (findings) => {
      assert.equal(findings, []);
    }));

  test('a module that was added after the build and a driver inside the kernel are each named', () =>
    withFiles(root, { ...addedModule(demo), ...builtIn(demo) }, async () => {
      const findings = await findingsOf(demo, initrd, analyseDemo(demo));
      assert.equal([...subjects(findings, 'changed')], ['kernel/added.ko']);
      assert.equal([...subjects(findings, 'list')], ['added']);
      assert.equal([...subjects(findings, 'builtin')], [DRIVER]);
      assert.equal(kinds(findings).sort(), ['builtin', 'changed', 'index', 'list']);
    }));

  function faulty(changes: Changes, judge: (findings: Finding[]) => Promise<void> | void): Promise<void> {
    return withFiles(root, changes, async () => judge(await findingsOf(demo, initrd, unchanged)));
  }
}

function addedModule({ release }: DemoImage): Changes {
  const module = buildModule({ imports: ['register_netdev'], modinfo: ['alias=pci:v00001234d*'] });
  return { [`usr/lib/modules/${release}/kernel/added.ko`]: module };
}

/** What the kernel's build writes of a driver that is no module: its path, and its modinfo with its name before it. */
function builtIn({ root, release }: DemoImage): Changes {
  const path = `drivers/net/ethernet/intel/${DRIVER}/${DRIVER}`;
  const info = [`file=${path}`, 'license=GPL', 'alias=pci:v00008086d0000100Esv*sd*bc*sc*i*'];
  const added = {
    'modules.builtin': `kernel/${path}.ko\n`,
    'modules.builtin.modinfo': info.map((line) => `${DRIVER}.${line}\0`).join(''),
  };
  const changes = Object.entries(added).map(([name, text]): [string, Buffer] => {
    const file = `usr/lib/modules/${release}/${name}`;
    return [file, Buffer.concat([readFileSync(join(root, file)), Buffer.from(text)])];
  });
  return Object.fromEntries(changes);
}

test.run();
