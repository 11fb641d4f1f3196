import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fittingIntegrations, INTEGRATIONS, integrationEntries } from '../../src/install/integrations.ts';
import { openRoot } from '../../src/install/root.ts';
import { makeHooks, makeRoot, scratch, writeFiles } from './fixture.ts';

const base = scratch();
const hooks = makeHooks(join(base, 'hooks'));
const initramfsTools = { name: 'initramfs-tools' };
const udev = { name: 'udev' };

test('only integrations of systems that the root has are used', () => {
  const root = openRoot(makeRoot(join(base, 'some')));
  assert.equal(namesFor(root), ['initramfs-tools', 'udev']);
});

test('NetworkManager is recognised by its program alone', () => {
  const root = openRoot(makeRoot(join(base, 'manager')));
  symlinkSync('/nowhere', join(root, 'usr/sbin/NetworkManager'));
  assert.equal(namesFor(root), ['initramfs-tools', 'udev', 'network-manager']);
});

test('a root whose GRUB is configured by update-grub gets the generator of boot entries, as a program', () => {
  const root = openRoot(makeRoot(join(base, 'grub')));
  symlinkSync('/nowhere', join(root, 'usr/sbin/grub-mkconfig'));
  assert.equal(namesFor(root), ['initramfs-tools', 'udev', 'grub']);
  assert.equal(modes(integrationEntries('hooks', { name: 'grub' })), { '/etc/grub.d/11_macveil': 0o755 });
});

test('a root with mkinitcpio beside initramfs-tools gets both, and the unit for initramfs with systemd', () => {
  const root = openRoot(makeRoot(join(base, 'mkinitcpio')));
  writeFiles(root, { 'usr/bin/mkinitcpio': '' });
  assert.equal(namesFor(root), ['initramfs-tools', 'mkinitcpio', 'systemd-initrd', 'udev']);
  assert.equal(modes(integrationEntries('hooks', { name: 'mkinitcpio' })), {
    '/etc/mkinitcpio.conf.d/zz-macveil.conf': 0o644,
    '/usr/lib/initcpio/hooks/macveil': 0o755,
    '/usr/lib/initcpio/install/macveil': 0o755,
  });
});

test('a root in which nothing could unblock the network is refused', () => {
  const root = openRoot(makeRoot(join(base, 'none')));
  rmSync(join(root, 'usr/sbin/mkinitramfs'));
  assert.throws(() => fittingIntegrations(root), /no initramfs system/);
});

test('a root with initramfs-tools and without udev is refused, because the hook in the initramfs is called by a rule', () => {
  const root = openRoot(makeRoot(join(base, 'ruleless')));
  rmSync(join(root, 'usr/lib/udev'), { recursive: true });
  assert.throws(() => fittingIntegrations(root), /initramfs-tools without udev/);
});

test('a script is executable in the image whatever its mode was here', () => {
  assert.equal(modes(integrationEntries(hooks, initramfsTools)), {
    '/usr/share/initramfs-tools/hooks/macveil': 0o755,
  });
});

test('a file that is no script is not executable', () => {
  assert.equal(modes(integrationEntries(hooks, udev)), { '/lib/udev/rules.d/70-macveil.rules': 0o644 });
});

test('a symbolic link stays one, with its target as it is', () => {
  const folder = join(base, 'linked/udev/usr/lib/wants');
  mkdirSync(folder, { recursive: true });
  symlinkSync('../macveil.service', join(folder, 'macveil.service'));
  const entries = integrationEntries(join(base, 'linked'), udev);
  assert.equal(entries, [{ path: '/usr/lib/wants/macveil.service', target: '../macveil.service' }]);
});

test('every folder of hooks/ is an integration that install knows', () => {
  const folders = readdirSync('hooks', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const known = INTEGRATIONS.map(({ name }) => name);
  assert.equal(
    folders.map(({ name }) => name).filter((name) => !known.includes(name)),
    [],
  );
});

function namesFor(root: string): string[] {
  return fittingIntegrations(root).map(({ name }) => name);
}

function modes(entries: ReturnType<typeof integrationEntries>): Record<string, number> {
  return Object.fromEntries(entries.map((entry) => [entry.path, 'mode' in entry ? entry.mode : 0]));
}

test('links that a package of npm lost are there all the same, and none of another integration', () => {
  const hooks = makeHooks(scratch());
  const links = {
    'systemd/usr/lib/systemd/system/sysinit.target.wants/macveil.service': '../macveil.service',
    'udev/usr/lib/other': 'x',
  };
  const entries = integrationEntries(hooks, { name: 'systemd' }, links);
  assert.equal(
    entries.filter((entry) => 'target' in entry),
    [
      {
        path: '/usr/lib/systemd/system/sysinit.target.wants/macveil.service',
        target: '../macveil.service',
      },
    ],
  );
  assert.is(entries.length, 2);
});

test('a link that is there is taken from there, and once', () => {
  const links = {
    'systemd/usr/lib/systemd/system/sysinit.target.wants/macveil-verify.service': '/elsewhere',
  };
  const entries = integrationEntries('hooks', { name: 'systemd' }, links);
  const found = entries.filter(({ path }) => path.endsWith('sysinit.target.wants/macveil-verify.service'));
  assert.equal(
    found.map((entry) => 'target' in entry && entry.target),
    ['../macveil-verify.service'],
  );
});

test.run();
