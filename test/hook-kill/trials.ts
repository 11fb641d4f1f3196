// Runs in world.sh: trials.ts PROGRAM SWEEP FIRST STEP; one JSON line a trial.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import process from 'node:process';
import { parseMac } from '../../src/core/mac.ts';
import { RECORDS_DIR } from '../../src/paths.ts';
import type { Sight } from './judge.ts';
import { CARD_ADDRESS, type Trial } from './trial.ts';

const TAMPER = '.cache/tamper/tamper';
const HOOK = 'dist/macveil-hook';
const LOG = '/run/tamper.log';
const NEIGHBOUR_ADDRESS = '00:1b:21:a7:5e:c2';
/** More calls than the hook makes: a program that never ends must not be waited for. */
const MOST_CALLS = 3000;

const [program = '', sweep = '', first = '', step = ''] = process.argv.slice(2);

run(HOOK, ['net-add', String(makeCard('neighbour', NEIGHBOUR_ADDRESS))]);
report(trial(null));
for (let at = Number(first); at <= MOST_CALLS; at += Number(step)) {
  const one = trial(at);
  report(one);
  if (!one.struck) break;
}

/** One life of a card: it appears, the program is killed at its `at`-th call, the hook looks again, it goes. */
function trial(at: number | null): Trial {
  const ifindex = makeCard('card', CARD_ADDRESS);
  rmSync(LOG, { force: true });
  const fault = at === null ? 'count' : `kill-at=${at}`;
  run(TAMPER, ['--log', LOG, fault, '--', program, 'net-add', String(ifindex)]);
  const log = existsSync(LOG) ? readFileSync(LOG, 'utf8') : '';
  const killed = look(ifindex);
  if (sweep === 'verify') bringUp(killed);
  run(HOOK, sweep === 'verify' ? ['verify'] : ['net-add', String(ifindex)]);
  const after = look(ifindex);
  ip('link delete card');
  rmSync(`${RECORDS_DIR}/${ifindex}.json`, { force: true });
  return { at, struck: log.includes('applied '), calls: at === null ? log.trim() : '', killed, after };
}

function makeCard(name: string, address: string): number {
  ip(`tuntap add dev ${name} mode tap`, `link set dev ${name} address ${address}`);
  return Number(readFileSync(`/run/sys/class/net/${name}/ifindex`, 'utf8'));
}

/** As a manager would; the first activation gives it the qdisc of the mute default. */
function bringUp({ qdisc }: Sight): void {
  if (qdisc === 'noop') run('tc', ['qdisc', 'replace', 'dev', 'card', 'root', 'blackhole']);
  ip('link set dev card up');
}

function look(ifindex: number): Sight {
  const line = ip('link show dev card');
  const [, qdisc = ''] = / qdisc (\S+) /.exec(line) ?? [];
  const [, address = ''] = / link\/ether (\S+) /.exec(line) ?? [];
  if (qdisc === '' || parseMac(address) === null) throw new Error(`ip shows: ${line}`);
  const file = `${RECORDS_DIR}/${ifindex}.json`;
  return { qdisc, address, record: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null };
}

function ip(...lines: string[]): string {
  const { status, stdout, stderr } = run('ip', ['-oneline', '-batch', '-'], lines.join('\n'));
  if (status !== 0) throw new Error(`ip ${lines.join('; ')}: ${stderr}`);
  return stdout;
}

function run(command: string, args: string[], input = '') {
  const result = spawnSync(command, args, { input, encoding: 'utf8' });
  if (result.error) throw result.error;
  return result;
}

function report(one: Trial): void {
  process.stdout.write(`${JSON.stringify(one)}\n`);
}
