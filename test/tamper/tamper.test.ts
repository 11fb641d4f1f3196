// needs: macveil-hook, tamper
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const TAMPER = '.cache/tamper/tamper';
const HOOK = 'dist/macveil-hook';
const STATUS = [HOOK, 'status', '--json'];
const directory = mkdtempSync(join(tmpdir(), 'macveil-tamper-'));
const log = join(directory, 'log');
const traced = join(directory, 'strace');
test.after(() => rmSync(directory, { recursive: true }));

/** Runs a command under faults; what was logged comes with the result. */
function tamper(faults: string[], command: string[]) {
  rmSync(log, { force: true });
  const run = spawnSync(TAMPER, ['--log', log, ...faults, '--', ...command], { encoding: 'utf8' });
  return { ...run, log: existsSync(log) ? readFileSync(log, 'utf8') : '' };
}

test('output and exit status of the program are its own', () => {
  const run = tamper(['count'], ['/bin/sh', '-c', 'echo out; echo err >&2; exit 7']);
  assert.equal([run.status, run.stdout, run.stderr], [7, 'out\n', 'err\n']);
});

test('a program that a signal ends is ended by it', () => {
  assert.is(tamper(['count'], ['/bin/sh', '-c', 'kill -TERM $$']).signal, 'SIGTERM');
});

test('the calls that are counted are those that strace sees', () => {
  const [, count = '', ...names] = tamper(['count'], STATUS).log.trim().split(' ');
  spawnSync('strace', ['-o', traced, ...STATUS]);
  const calls = Array.from(readFileSync(traced, 'utf8').matchAll(/^([a-z0-9_]+)\(/gm), ([, name]) => name);
  // strace sees execve(2) as well, and tells requests to rtnetlink by their call alone.
  assert.is(Number(count), calls.length - 1);
  assert.equal(
    names.map((name) => (name === 'list-links' ? 'sendto' : name)),
    calls.slice(1),
  );
});

test('a program is killed at the call that was named, before it is made', () => {
  const all = tamper(['count'], STATUS).log.trim().split(' ').slice(2);
  const at = all.indexOf('list-links') + 1;
  for (const place of [`kill-at=${at}`, 'kill-at=list-links']) {
    const run = tamper([place, 'count'], STATUS);
    assert.is(run.signal, 'SIGKILL');
    const [applied, counted = ''] = run.log.trim().split('\n');
    assert.is(applied, `applied ${place}`);
    assert.equal(counted.split(' ').slice(2), all.slice(0, at));
  }
});

test('a call at which a program is killed is not made, and one after which it is killed is', () => {
  const kept = join(directory, 'kept');
  const unlink = ['/bin/rm', kept];
  writeFileSync(kept, '');
  tamper(['kill-at=unlinkat'], unlink);
  assert.ok(existsSync(kept));
  tamper(['kill-after=unlinkat'], unlink);
  assert.not(existsSync(kept));
});

test('a refused call fails with the error, for paths that hold the text alone', () => {
  const other = join(directory, 'other');
  writeFileSync(other, 'other');
  const cat = ['/bin/cat', other, '/proc/self/comm'];
  const run = tamper(['refuse=openat:EACCES:/other'], cat);
  assert.match(run.stderr, /other: Permission denied/);
  assert.is(run.stdout, 'cat\n');
  assert.match(run.log, /^applied refuse=openat:EACCES:\/other$/m);
});

test('a fault that never struck leaves no line', () => {
  assert.is(tamper(['kill-at=100000', 'refuse-address'], STATUS).log, '');
});

test('programs that are started are tampered with only under --forks', () => {
  const shell = ['/bin/sh', '-c', '/bin/cat /proc/self/comm; exit 3'];
  const fault = 'refuse=openat:EACCES:/comm';
  assert.is(tamper([fault], shell).stdout, 'cat\n');
  const run = tamper(['--forks', fault], shell);
  assert.equal([run.status, run.stdout], [3, '']);
});

test('unloading a module is pretended, by programs that are started as well', () => {
  // delete_module(2) of a module that is not there, through syscall(2): 176 is its number on x86-64.
  const unload = `python3 -c 'import ctypes; print(ctypes.CDLL(None).syscall(176, b"absent", 0))'`;
  const shell = ['/bin/sh', '-c', `${unload}; exit 0`];
  assert.is(tamper(['count'], shell).stdout, '-1\n');
  const run = tamper(['--forks', 'lie-unload'], shell);
  assert.equal([run.stdout, run.log], ['0\n', 'applied lie-unload\n']);
});

test('a fault that is not known is refused', () => {
  for (const fault of ['lie', 'refuse=open', 'refuse=open:EOTHER', 'kill-at=0', 'kill-at=nothing', 'count=1'])
    assert.is(tamper([fault], STATUS).status, 2, fault);
});

test.run();
