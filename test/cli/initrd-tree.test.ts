import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { listing, makeHook, scratch, writeFiles } from '../install/fixture.ts';
import { assertError, prepare } from './install-fixture.ts';
import { macveil } from './run.ts';

const BLOCKLIST = 'usr/lib/modprobe.d/macveil-blocklist.conf';
const WANTED = 'usr/lib/systemd/system/sysinit.target.wants/macveil-early.service';

/** The root of an image with its list, and the initrd that starts it, which has no kernel modules yet. */
function prepareBoth() {
  const base = scratch();
  const { root, install } = prepare(base);
  install();
  const initrd = join(base, 'initrd');
  writeFiles(initrd, {
    'etc/initrd-release': '',
    'usr/lib/systemd/system/systemd-udevd.service': '',
    'usr/lib/udev/rules.d/50-default.rules': '',
    'usr/bin/kmod': '',
    'usr/bin/dpkg': '',
  });
  const hook = makeHook(join(base, 'hook'), 64);
  const installInitrd = (...more: string[]) => macveil('install', '--root', initrd, '--hook', hook, ...more);
  return { initrd, list: join(root, BLOCKLIST), root, hook, installInitrd };
}

test('an initrd that is a root of its own gets the list of the root, and the unit enabled', () => {
  const { initrd, list, installInitrd } = prepareBoth();
  const before = listing(initrd);
  const { stdout, exitCode } = installInitrd('--list', list);
  assert.is(exitCode, 0);
  assert.match(stdout, /integrations: initrd-tree, systemd-initrd, udev, kmod, /);
  assert.not.match(stdout, /Rebuild/);
  assert.is(readFileSync(join(initrd, BLOCKLIST), 'utf8'), readFileSync(list, 'utf8'));
  assert.match(readFileSync(join(initrd, WANTED), 'utf8'), 'macveil-hook early');
  assert.match(installInitrd('--list', list).stdout, 'nothing to change');
  macveil('uninstall', '--root', initrd);
  assert.equal(listing(initrd), before);
});

test('the list may stand in the initrd already, and stays there', () => {
  const { initrd, list, installInitrd } = prepareBoth();
  writeFiles(initrd, { [BLOCKLIST]: readFileSync(list, 'utf8') });
  assert.is(installInitrd('--list', join(initrd, BLOCKLIST)).exitCode, 0);
  macveil('uninstall', '--root', initrd);
  assert.is(readFileSync(join(initrd, BLOCKLIST), 'utf8'), readFileSync(list, 'utf8'));
});

test('an initrd without systemd is refused, because nothing would start the unit', () => {
  const { initrd, list, installInitrd } = prepareBoth();
  rmSync(join(initrd, 'usr/lib/systemd'), { recursive: true });
  assertError(installInitrd('--list', list), 3, /initrd-tree without systemd/);
});

test('a list is for initrds alone, has to block something, and goes with no policy', () => {
  const { initrd, list, root, hook, installInitrd } = prepareBoth();
  assertError(macveil('install', '--root', root, '--hook', hook, '--list', list), 3, /is no initrd/);
  assertError(installInitrd('--list', list, '--strict'), 2, /--list and --strict contradict/);
  assertError(installInitrd('--list', list, '--keep-policy'), 2, /--list and --keep-policy contradict/);
  const empty = join(initrd, 'empty.conf');
  writeFileSync(empty, '# nothing\n');
  assertError(installInitrd('--list', empty), 3, /blocks no module/);
  assertError(installInitrd('--list', join(initrd, 'gone')), 3, /gone/);
});

test.run();
