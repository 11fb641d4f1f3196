import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { BLOCKLIST } from '../../src/paths.ts';
import { WATCH } from '../../src/prove/decision-scenarios.ts';
import { prove } from '../../src/prove/prove.ts';
import type { Scenario } from '../../src/prove/scenario.ts';
import { formatProof } from '../../src/prove/table.ts';
import { inRoot } from '../kernels/debian-root.ts';
import { BRING_UP, SETTLED } from '../vm/commands.ts';

/** What a program leaves anywhere but in the logs, caches and databases of apt and dpkg. */
const FIND = `find /etc /usr /boot /root /opt -xdev -printf '%y %M %p %l\\n' | sort`;

const spoof = (nics: string[]): Scenario => ({
  name: 'spoof in the initramfs',
  boot: 'initramfs',
  cmdline: 'macveil=spoof',
  nics,
  steps: [SETTLED, BRING_UP, { do: 'frames' }, WATCH, { do: 'expect', rule: 'spoof' }],
});

/** Every file, folder and link of a root that packages and macveil could leave, one a line. */
export async function filesOf(root: string): Promise<string[]> {
  return (await inRoot(root, 'sh', '-c', FIND)).split('\n');
}

/** Puts packages where apt in the root finds them, and returns their paths in it. */
export function copyPackages(root: string, pattern: RegExp): string[] {
  const names = readdirSync('dist').filter((name) => pattern.test(name));
  mkdirSync(join(root, 'packages'), { recursive: true });
  for (const name of names) copyFileSync(join('dist', name), join(root, 'packages', name));
  return names.map((name) => `/packages/${name}`);
}

/** Runs apt-get, asking nothing. */
export function apt(root: string, ...words: string[]): Promise<string> {
  return inRoot(root, 'apt-get', '-y', '-q', '--no-install-recommends', ...words);
}

/** Every path in the initramfs of a kernel. */
export async function filesIn(root: string, release: string): Promise<string[]> {
  const listing = await inRoot(root, 'lsinitramfs', `/boot/initrd.img-${release}`);
  return listing.split('\n').sort();
}

/** What of macveil the initramfs of a kernel holds. */
export async function packedIn(root: string, release: string): Promise<string[]> {
  return (await filesIn(root, release)).filter((path) => path.includes('macveil'));
}

/** The list has this driver, and the initramfs of this kernel has list and hook. */
export async function assertCovered(root: string, release: string, driver: string): Promise<void> {
  assert.match(readFileSync(join(root, BLOCKLIST), 'utf8'), new RegExp(`^install ${driver} `, 'm'));
  const packed = await packedIn(root, release);
  for (const path of [BLOCKLIST, '/usr/lib/macveil/macveil-hook'])
    assert.ok(packed.includes(path.slice(1)), `${path} is not in the initramfs of ${release}: ${packed}`);
}

/** Boots kernel and initramfs of the root with these cards: nothing but anonymous addresses may be on the wire. */
export async function assertProven(
  root: string,
  release: string,
  nics: string[],
  evidence: string,
): Promise<void> {
  const [kernel, initrd] = [`vmlinuz-${release}`, `initrd.img-${release}`].map((name) =>
    join(root, 'boot', name),
  );
  const source = { kind: 'files' as const, kernel: kernel ?? '', initrd: initrd ?? '', image: '/dev/null' };
  const result = await prove(source, spoof(nics), { evidence: `.cache/evidence/${evidence}` });
  assert.ok(result.ok, formatProof(result));
}
