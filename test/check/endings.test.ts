import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { askModprobe } from '../../src/check/ask.ts';
import { makeMark } from '../../src/check/mark.ts';
import { scratch, writeFiles } from '../install/fixture.ts';
import { makeImage, packInitrd } from './made-image.ts';

const image = makeImage();
const initrd = packInitrd(image);

test('a kmod that never ends is ended, and is an error that names it', async () => {
  const kmod = { label: 'kmod 0 (made up)', own: true, command: ['sh', '-c', 'exec sleep 1000'] };
  const stage = {
    release: '1',
    directory: '/nonexistent',
    mark: makeMark(),
    config: ['/nonexistent'] as [string],
  };
  const limits = { milliseconds: 50, bytes: 1000 };
  const error = await askModprobe(kmod, stage, 'person', ['e1000'], limits).then(
    () => null,
    (thrown: Error & { hint: string }) => thrown,
  );
  assert.match(
    error?.message ?? '',
    /^kmod 0 \(made up\) did not answer all of 1 questions: not within 0\.05 s$/,
  );
  assert.match(error?.hint ?? '', '--host-kmod');
});

for (const [signal, code] of [
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const) {
  test(`${signal} ends the kmod that is running and takes temporary files away`, async () => {
    const folder = scratch();
    const [temporary, pipe] = [join(folder, 'tmp'), join(folder, 'pipe')];
    mkdirSync(temporary);
    execFileSync('mkfifo', [pipe]);
    // The pipe stays open as long as this modprobe lives.
    writeFiles(folder, { 'bin/modprobe': `#!/bin/sh\nexec 3>${pipe}\necho up >&3\nexec sleep 1000\n` });
    execFileSync('chmod', ['+x', join(folder, 'bin/modprobe')]);
    const env = { ...process.env, TMPDIR: temporary, PATH: `${join(folder, 'bin')}:${process.env.PATH}` };
    const call = ['dist/macveil.mjs', 'check', '--root', image.root, '--initrd', initrd];
    const child = spawn(process.execPath, call, { env, stdio: 'ignore' });
    const lifeline = createReadStream(pipe);
    await once(lifeline, 'data');
    // The control: there is something to take away.
    assert.is(readdirSync(temporary).length, 1);
    child.kill(signal);
    lifeline.resume();
    await once(lifeline, 'end');
    if (child.exitCode === null) await once(child, 'exit');
    assert.is(child.exitCode, code);
    assert.equal(readdirSync(temporary), []);
  });
}

test.run();
