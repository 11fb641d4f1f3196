import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CliError, EXIT } from '../../src/cli/errors.ts';
import { Machine } from '../../src/prove/machine.ts';
import { makeNics } from '../../src/prove/nics.ts';
import { QEMU } from '../../src/prove/qemu-arguments.ts';
import { failureOf, waitUntil } from '../../src/prove/wait.ts';
import { fakePrograms } from './fake-programs.ts';

/** A QEMU in Node: serves the sockets it is given, answers QMP, and says `words` once it is told to run. */
const serving = (words: string) => `exec "${process.execPath}" -e '
const [console, agent, qmp] = process.argv.slice(1);
for (const path of [console, agent]) require("net").createServer(() => {}).listen(path);
require("net").createServer((line) => line.on("data", (text) => {
  line.write("{\\"return\\": {}}\\n");
  for (const [asked, event] of [[/"cont"/, "SUSPEND"], [/"system_wakeup"/, "WAKEUP"]])
    if (asked.test(text)) line.write(JSON.stringify({ event }) + "\\n");
  const id = /"device_del".*"id":"(nic[0-9]+)"/.exec(text)?.[1];
  const deleted = (device) => line.write(JSON.stringify({ event: "DEVICE_DELETED", data: { device } }) + "\\n");
  if (id) deleted("other");
  if (id) setTimeout(deleted, 200, id);
  if (/"cont"/.test(text)) process.stderr.write("${words}");
  if (/"quit"/.test(text)) process.exit();
})).listen(qmp);' "$@"`;

/** Starts a machine with this program in QEMU's place; `pid` is where a program may say who it is. */
async function start<T>(body: string, then: (started: Promise<Machine>, pid: string) => Promise<T>) {
  const programs = fakePrograms({ [QEMU]: body.replaceAll('PIDFILE', '"$(dirname "$0")/pid"') });
  const { PATH } = process.env;
  process.env.PATH = `${programs.path}:${PATH}`;
  const started = Machine.start(
    ({ consoleSocket, agentSocket, qmpSocket }) => [consoleSocket, agentSocket, qmpSocket],
    programs.path,
  );
  try {
    return await then(started, join(programs.path, 'pid'));
  } finally {
    process.env.PATH = PATH;
    programs.remove();
  }
}

const errorOf = (started: Promise<unknown>) =>
  started.then(
    () => null,
    (error: unknown) => error,
  );

const isRunning = (pid: number) => existsSync(`/proc/${pid}`);

test('a QEMU that ends at once is a failed tool, in its own words', () =>
  start('echo "no such device" >&2; exit 1', async (started) => {
    const error = await errorOf(started);
    assert.instance(error, CliError);
    assert.is((error as CliError).exitCode, EXIT.tool);
    assert.match((error as CliError).message, 'QEMU does not start: no such device');
  }));

test('a QEMU whose ports cannot be reached is ended, and a failed tool', () =>
  start('echo $$ >PIDFILE; for s; do : >"$s"; done; exec sleep 60', async (started, pid) => {
    const error = await errorOf(started);
    assert.instance(error, CliError);
    assert.is((error as CliError).exitCode, EXIT.tool);
    assert.not.ok(isRunning(Number(readFileSync(pid, 'utf8'))));
  }));

const GAVE_UP = 'network dump write error - stopping dump';

test('a capture that QEMU gives up fails whoever waits for the machine', () =>
  start(serving(GAVE_UP), async (started) => {
    const machine = await started;
    const failure = await failureOf(() =>
      waitUntil('nothing', 10, () => {
        machine.alive();
        return null;
      }),
    );
    assert.match(failure, /a capture stopped.*network dump write error/);
    await machine.stop();
  }));

test('a capture that was given up is still known when the machine has stopped', () =>
  start(serving(GAVE_UP), async (started) => {
    const machine = await started;
    await machine.stop();
    assert.throws(() => machine.capturing(), /a capture stopped/);
  }));

test('other words of QEMU say nothing against the captures', () =>
  start(serving('warning: host lacks a feature'), async (started) => {
    const machine = await started;
    machine.alive();
    await machine.stop();
    machine.capturing();
  }));

test('a card is unplugged when the guest has let go of this very card', () =>
  start(serving(''), async (started) => {
    const machine = await started;
    const [nic] = makeNics();
    assert.ok(nic);
    await machine.plug(nic);
    const asked = performance.now();
    await machine.unplug(nic);
    assert.ok(performance.now() - asked > 150);
    await machine.stop();
  }));

test('a guest that sleeps is woken', () =>
  start(serving(''), async (started) => {
    const machine = await started;
    await machine.wake();
    await machine.stop();
  }));

test.run();
