// The card of world.sh: makes it, looks at it, and takes it away.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { parseMac } from '../../src/core/mac.ts';
import { RECORDS_DIR } from '../../src/paths.ts';
import type { Sight } from './judge.ts';

export const HOOK = 'dist/macveil-hook';
const TAMPER = '.cache/tamper/tamper';
/** The sysfs of this world's own interfaces. */
export const INTERFACES = '/run/sys/class/net';
const LOG = '/run/tamper.log';

/** Runs a program under faults; returns the log of the injector. */
export function runUnderFaults(faults: string[], program: string, args: string[]): string {
  rmSync(LOG, { force: true });
  run(TAMPER, ['--log', LOG, ...faults, '--', program, ...args]);
  return existsSync(LOG) ? readFileSync(LOG, 'utf8') : '';
}

/** Makes a tap of this name and address; returns its ifindex. */
export function makeCard(name: string, address: string): number {
  ip(`tuntap add dev ${name} mode tap`, `link set dev ${name} address ${address}`);
  return Number(readFileSync(`${INTERFACES}/${name}/ifindex`, 'utf8'));
}

/** Takes the card away, and what the hook remembers of it. */
export function removeCard(ifindex: number): void {
  ip('link delete card');
  rmSync(`${RECORDS_DIR}/${ifindex}.json`, { force: true });
}

/** The card as the kernel shows it. */
export function look(ifindex: number): Sight {
  const line = ip('link show dev card');
  const [, qdisc = ''] = / qdisc (\S+) /.exec(line) ?? [];
  const [, address = ''] = / link\/ether (\S+) /.exec(line) ?? [];
  if (qdisc === '' || parseMac(address) === null) throw new Error(`ip shows: ${line}`);
  const file = `${RECORDS_DIR}/${ifindex}.json`;
  return { qdisc, address, record: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null };
}

/** The same of a card that may not be there. */
export function lookForCard(): (Sight & { ifindex: number }) | null {
  const file = `${INTERFACES}/card/ifindex`;
  if (!existsSync(file)) return null;
  const ifindex = Number(readFileSync(file, 'utf8'));
  return { ifindex, ...look(ifindex) };
}

/** Commands of ip(8). */
export function ip(...lines: string[]): string {
  const { status, stdout, stderr } = run('ip', ['-oneline', '-batch', '-'], lines.join('\n'));
  if (status !== 0) throw new Error(`ip ${lines.join('; ')}: ${stderr}`);
  return stdout;
}

/** Runs a program that can be started. */
export function run(command: string, args: string[], input = '') {
  const result = spawnSync(command, args, { input, encoding: 'utf8' });
  if (result.error) throw result.error;
  return result;
}
