// needs: macveil-hook, dracut-image
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { KINDS } from '../../build/dracut/kinds.mjs';
import { updateInitramfs } from '../../src/install/initramfs.ts';
import { BLOCKLIST, HOOK } from '../../src/paths.ts';
import { analyseDemo, findingsOf, kinds, sentence, subjects } from './demo-findings.ts';
import { appendFiles } from './demo-image.ts';
import { withFiles } from './with-files.ts';

const CACHE = '.cache/dracut';
const UNIT = 'macveil-early.service';
const SCRIPT = 'var/lib/dracut/hooks/cmdline/00-macveil-early.sh';
const root = join(CACHE, 'installed');
const image = { root, initrd: '', release: '' };
const analysis = analyseDemo(image);

const initrdOf = (kind: string) => join(CACHE, `${kind}.img`);
const check = (initrd: string) => findingsOf(image, initrd, analysis);

for (const kind of Object.keys(KINDS).filter((name) => name !== 'without-macveil')) {
  test(`nothing stands against the initramfs of dracut, ${kind}`, async () => {
    assert.equal(await check(initrdOf(kind)), []);
  });
}

test('an initramfs of dracut without the module has the list and lacks the hook, and what starts it', async () => {
  const findings = await check(initrdOf('without-macveil'));
  assert.equal(kinds(findings), ['initrd-hook']);
  assert.ok(subjects(findings, 'initrd-hook').has(HOOK));
  assert.ok(subjects(findings, 'initrd-hook').has(`/usr/lib/systemd/system/${UNIT}`));
});

test('in an initramfs that dracut made before macveil came, every driver loads', async () => {
  const found = kinds(await check(initrdOf('plain')));
  assert.equal(found.toSorted(), ['initrd-hook', 'initrd-list', 'loading']);
});

test('a masked unit in the initramfs of dracut is found', async () => {
  const masked = appendFiles(
    initrdOf('systemd-generic'),
    {},
    { [`etc/systemd/system/${UNIT}`]: '/dev/null' },
  );
  assert.match(
    sentence(await check(masked), 'initrd-hook'),
    `${UNIT} is hidden by /etc/systemd/system/${UNIT}`,
  );
});

test('a script that dracut without systemd would run before the hook is found', async () => {
  const added = { 'var/lib/dracut/hooks/cmdline/00-a.sh': 'modprobe e1000\n' };
  const findings = await check(appendFiles(initrdOf('classic-generic'), added));
  assert.match(
    sentence(findings, 'initrd-hook'),
    `/${SCRIPT} is run after /var/lib/dracut/hooks/cmdline/00-a.sh`,
  );
});

for (const path of [BLOCKLIST, HOOK]) {
  test(`dracut makes no initramfs without ${path}, and the old one stays`, async () => {
    const before = stamp();
    const lines: string[] = [];
    await withFiles(root, { [path.slice(1)]: null }, async () => {
      const error = await updateInitramfs(root, (line) => lines.push(line)).then(
        () => assert.unreachable('it was believed'),
        (reason: Error) => reason,
      );
      assert.match((error as Error).message, /dracut failed/);
    });
    assert.match(lines.join('\n'), `macveil: ${path} is missing or cannot be installed`);
    assert.equal(stamp(), before);
  });
}

/** What tells a new file from the old one. */
function stamp(): string {
  const [name] = readdirSync(join(root, 'boot')).filter((file) => file.startsWith('initrd.img-'));
  const { ino, size, mtimeMs } = statSync(join(root, 'boot', name ?? ''));
  return `${name} ${ino} ${size} ${mtimeMs}`;
}

test.run();
