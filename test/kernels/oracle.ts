import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { releaseOf } from '../../build/kernels/tree.mjs';
import { moduleName } from '../../src/modules/module-facts.ts';

/** What oracle.sh says of a kernel, all by name. */
export interface Oracle {
  choke: string[];
  creators: string[];
  /** Creators with an alias of a device, and one such alias. */
  devices: Map<string, string>;
}

/** Several thousand lines. */
const MAX_OUTPUT = 1 << 26;

/** Asks the second opinion about the kernel of a root. */
export function askOracle(root: string): Oracle {
  const output = execFileSync('sh', ['test/kernels/oracle.sh', root], {
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT,
  });
  const rows = output.split('\n').map((line) => line.split(' '));
  const named = (kind: string) => rows.filter(([word]) => word === kind).map(([, name = '']) => name);
  const devices = rows.filter(([word]) => word === 'device');
  return {
    choke: named('choke'),
    creators: named('creator'),
    devices: new Map(devices.map(([, name = '', alias = '']) => [name, alias])),
  };
}

/** For each module of a root the modules it needs, directly or not, as depmod has it. */
export function readDependencies(root: string): Map<string, Set<string>> {
  const text = readFileSync(join(root, 'usr/lib/modules', releaseOf(root), 'modules.dep'), 'utf8');
  const rows = text.split('\n').map((line) => line.split(': '));
  return new Map(
    rows.map(([path = '', needs = '']) => [
      moduleName(path),
      new Set(needs.split(' ').map((need) => moduleName(need))),
    ]),
  );
}
