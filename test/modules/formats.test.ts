import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { NO_CHOICES, type PolicyChoices } from '../../src/core/manifest.ts';
import { formatBlocklist } from '../../src/modules/blocklist.ts';
import type { Enumeration, ModuleVerdict } from '../../src/modules/enumerate.ts';
import { formatManifest } from '../../src/modules/manifest.ts';
import { formatSummary } from '../../src/modules/summary.ts';

const enumeration: Enumeration = {
  policy: NO_CHOICES,
  kernels: [
    kernel('6.12.1', [verdict('r8169', 'hardware', true), verdict('e1000', 'hardware', true)]),
    kernel('6.1.0', [verdict('tun', 'virtual', false), verdict('e1000', 'hardware', true)]),
  ],
};

test('the blocklist holds each blocked module of any kernel once, in order, closed in all three ways', () => {
  const rules = formatBlocklist(enumeration)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  assert.equal(rules, [
    'blacklist e1000',
    'install e1000 /bin/false',
    'softdep e1000 pre:',
    'blacklist r8169',
    'install r8169 /bin/false',
    'softdep r8169 pre:',
  ]);
});

test('the blocklist says what it is before its first rule', () => {
  assert.match(formatBlocklist(enumeration), /^# Written by macveil/);
});

test('the manifest has kernels by release and modules by path, and no reasons', () => {
  const manifest = JSON.parse(formatManifest(enumeration));
  assert.is(manifest.version, 1);
  assert.equal(
    manifest.kernels.map(({ release }: { release: string }) => release),
    ['6.1.0', '6.12.1'],
  );
  assert.equal(manifest.kernels[1].modules[0], {
    name: 'e1000',
    path: 'kernel/e1000.ko',
    class: 'hardware',
    blocked: true,
  });
});

test('the manifest of the same kernels is the same text in whatever order they were read', () => {
  const turned = {
    ...enumeration,
    kernels: enumeration.kernels.map((one) => ({ ...one, modules: one.modules.toReversed() })).toReversed(),
  };
  assert.is(formatManifest(turned), formatManifest(enumeration));
});

test('the summary counts classes and names every problem', () => {
  const problems = [{ path: 'kernel/bad.ko', problem: 'not an ELF file' }];
  const modules = [verdict('e1000', 'hardware', true), verdict('tun', 'virtual', false)];
  const summary = formatSummary({ policy: NO_CHOICES, kernels: [{ ...kernel('6.1.0', modules), problems }] });
  assert.match(summary, /6\.1\.0: 4023 modules read, 1 blocked/);
  assert.match(summary, /hardware +1 {2}blocked/);
  assert.match(summary, /virtual +1 {2}not blocked/);
  assert.match(summary, /warning: kernel\/bad\.ko: not an ELF file/);
});

test('the summary says what the image changes of the policy, and nothing when it changes nothing', () => {
  const policy: PolicyChoices = {
    strict: true,
    allow: ['tun', 'wl'],
    block: ['ext4'],
    classes: { can: 'allow', media: 'block' },
    acceptBuiltin: ['virtio_net'],
  };
  assert.is(
    formatSummary({ policy, kernels: [] }),
    'policy: strict; allowed: tun, wl; blocked: ext4; classes: can=allow, media=block; built in and accepted: virtio_net\n',
  );
  assert.is(formatSummary({ policy: NO_CHOICES, kernels: [] }), '');
});

test('the summary tells how many of a class are blocked when not all are', () => {
  const modules = [verdict('bridge', 'virtual', true), verdict('tun', 'virtual', false)];
  const summary = formatSummary({ policy: NO_CHOICES, kernels: [kernel('6.1.0', modules)] });
  assert.match(summary, /virtual +2 {2}1 blocked, 1 not blocked\n/);
});

test('the summary warns of built-in drivers that are not accepted, and when they are not all known', () => {
  const driver = {
    name: 'virtio_net',
    path: '',
    class: 'hardware',
    alias: 'virtio:d1v*',
    reason: '',
  } as const;
  const one = { ...kernel('6.1.0', []), builtin: [driver], builtinProblem: 'there is no modules.builtin' };
  const summary = (acceptBuiltin: string[]) =>
    formatSummary({ policy: { ...NO_CHOICES, acceptBuiltin }, kernels: [one] });
  assert.match(summary([]), /warning: virtio_net \(virtio:d1v\*\) is built into the kernel/);
  assert.not.match(summary(['virtio_net']), 'is built into the kernel');
  assert.match(summary([]), /warning: there is no modules\.builtin\n/);
});

function kernel(release: string, modules: ModuleVerdict[]) {
  const nothing = {
    problems: [],
    others: [],
    allowances: [],
    builtin: [],
    builtinMakers: [],
    builtinOthers: [],
  };
  return { release, modules, ...nothing, builtinProblem: '', total: 4023 };
}

function verdict(name: string, kind: ModuleVerdict['class'], blocked: boolean): ModuleVerdict {
  return { name, path: `kernel/${name}.ko`, class: kind, blocked, policy: 'default', reason: 'made up' };
}

test.run();
