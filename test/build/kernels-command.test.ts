import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

for (const name of ['6.13-amd64', 'constructor']) {
  test(`a kernel called ${name} is an error that names those there are`, () => {
    const { status, stderr } = kernels(name);
    assert.is(status, 1);
    assert.match(stderr, `there is no kernel ${name}`);
    assert.match(stderr, '6.12-cloud-amd64');
  });
}

for (const args of [
  ['--golden', '6.1-amd64'],
  ['--golden', '--comparison'],
]) {
  test(`${args.join(' ')}: what cannot be done together is refused, not half done`, () => {
    const { status, stderr } = kernels(...args);
    assert.is(status, 1);
    assert.match(stderr, 'one at a time');
    assert.match(stderr, 'usage:');
  });
}

test.run();

function kernels(...args: string[]) {
  return spawnSync(process.execPath, ['build/kernels.mjs', ...args], { encoding: 'utf8' });
}
