import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { NO_CHOICES } from '../../src/core/manifest.ts';
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

function kernel(release: string, modules: ModuleVerdict[]) {
  return { release, modules, problems: [], others: [], builtin: [], total: 4023 };
}

function verdict(name: string, kind: ModuleVerdict['class'], blocked: boolean): ModuleVerdict {
  return { name, path: `kernel/${name}.ko`, class: kind, blocked, reason: 'made up' };
}

test.run();
