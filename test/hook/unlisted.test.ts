import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { MANIFEST, MODULE_SUMS, OSRELEASE, REPORT } from '../../src/paths.ts';
import { boot, coldplug, HOOK_EXIT, hook, MODULES_DEP, manifest, RELEASE, rules } from './machine.ts';

function running(files: Record<string, string> = {}) {
  const fake = boot('', { files });
  hook(fake, 'early');
  coldplug(fake);
  return fake;
}

const LATER = { [MODULES_DEP]: 'kernel/e1000.ko.xz:\nupdates/dkms/r8125.ko:\n' };

test('verify finds a module that came after the list was made, and leaves it in its report', () => {
  const fake = running(LATER);
  assert.is(hook(fake, 'verify'), HOOK_EXIT.findings);
  assert.match(fake.state.stdout, /r8125\.ko.*\[unlisted-module\]/);
  assert.equal(
    JSON.parse(fake.system.readFile(REPORT)).findings.map(({ rule }: { rule: string }) => rule),
    ['unlisted-module'],
  );
});

test('status shows it too, and the cards are not touched for it', () => {
  const fake = running(LATER);
  hook(fake, 'verify');
  assert.equal(rules(fake), ['unlisted-module']);
  assert.is(fake.state.links.find(({ name }) => name === 'eth0')?.qdisc, 'fq_codel');
});

test('status does not show it any more once the list was made anew', () => {
  const fake = running(LATER);
  hook(fake, 'verify');
  fake.system.writeFile(MANIFEST, manifest(undefined, ['updates/dkms/r8125.ko']));
  assert.equal(rules(fake), []);
});

test('a kernel that came after the list was made is found', () => {
  assert.equal(rules(running({ [OSRELEASE]: '7.0-new\n' })), ['unlisted-kernel']);
});

test('a manifest that is damaged or missing is found', () => {
  assert.equal(rules(running({ [MANIFEST]: manifest().slice(0, -9) })), ['manifest']);
  const fake = running();
  fake.system.removeFile(MANIFEST);
  assert.equal(rules(fake), ['manifest']);
});

test('a kernel whose release cannot be read is found', () => {
  const fake = running();
  fake.faults.push({ call: 'readFile', path: OSRELEASE, effect: 'throw', code: 'EACCES' });
  assert.equal(rules(fake), ['unlisted-kernel']);
});

test('an initramfs has no manifest and is not asked for one', () => {
  const fake = running({ '/init': '#!/bin/sh\n' });
  fake.system.removeFile(MANIFEST);
  assert.equal(rules(fake), []);
});

const sumOf = (fake: ReturnType<typeof running>) => `${fake.system.checksum(MODULES_DEP)} ${RELEASE}\n`;
const readsOfManifest = (fake: ReturnType<typeof running>) =>
  fake.calls.filter(({ call, args }) => call === 'readFile' && args[0] === MANIFEST).length;

test('where the sum of modules.dep is the one of the list, the manifest is not read', () => {
  const fake = running();
  fake.system.writeFile(MODULE_SUMS, sumOf(fake));
  assert.equal(rules(fake), []);
  assert.is(readsOfManifest(fake), 0);
});

test('a sum of another modules.dep or of another kernel hides nothing', () => {
  const sums = sumOf(running());
  const later = running(LATER);
  later.system.writeFile(MODULE_SUMS, sums);
  assert.equal(rules(later), ['unlisted-module']);
  const other = running({ [OSRELEASE]: '7.0-new\n' });
  other.system.writeFile(MODULE_SUMS, sums);
  assert.equal(rules(other), ['unlisted-kernel']);
});

test('a right sum without a manifest is found', () => {
  const fake = running();
  fake.system.writeFile(MODULE_SUMS, sumOf(fake));
  fake.system.removeFile(MANIFEST);
  assert.equal(rules(fake), ['manifest']);
});

test('neither early nor the event of a card reads the lists: they must be quick', () => {
  const fake = running(LATER);
  assert.is(readsOfManifest(fake), 0);
});

test.run();
