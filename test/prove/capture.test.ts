import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { allFrames, framesSoFar } from '../../src/prove/capture.ts';
import { ScenarioFailure } from '../../src/prove/wait.ts';
import { pcap } from './pcap-fixtures.ts';

const directory = mkdtempSync(join(tmpdir(), 'macveil-capture-'));
const path = join(directory, '0-e1000.pcap');
test.before.each(() => rmSync(path, { force: true }));
test.after(() => rmSync(directory, { recursive: true }));

/** What the capture is refused for. */
const refusal = async (limitSeconds = 0) => {
  const error = await allFrames(path, limitSeconds).then(
    () => null,
    (reason: Error) => reason,
  );
  assert.instance(error, ScenarioFailure);
  return error?.message ?? '';
};

test('a whole capture is read to its end, also one without frames', async () => {
  writeFileSync(path, pcap([[1], [2]]));
  assert.is((await allFrames(path)).length, 2);
  writeFileSync(path, pcap([]));
  assert.equal(await allFrames(path), []);
});

test('a capture that is not there is no silence', async () => {
  assert.match(await refusal(), /there is no capture 0-e1000\.pcap/);
  assert.equal(framesSoFar(path), []);
});

test('a capture without its file header is no silence', async () => {
  writeFileSync(path, pcap([]).subarray(0, 23));
  assert.match(await refusal(), /whole last record in 0-e1000\.pcap: not within/);
});

test('a record that stays half-written is refused after the limit', async () => {
  writeFileSync(path, pcap([[1, 2, 3]]).subarray(0, -1));
  assert.match(await refusal(), /whole last record/);
});

test('a record that is being written is waited for', async () => {
  writeFileSync(path, pcap([[1, 2, 3]]).subarray(0, -1));
  setTimeout(() => writeFileSync(path, pcap([[1, 2, 3]])), 50);
  assert.is((await allFrames(path)).length, 1);
});

test('a frame that was cut is refused', async () => {
  const cut = pcap([[1, 2, 3]]);
  cut.writeUInt32LE(1514, 24 + 12);
  writeFileSync(path, cut);
  assert.match(await refusal(), /of the 1514 bytes of its frame 1 only 3/);
});

test('what is no capture is refused', async () => {
  writeFileSync(path, 'x'.repeat(64));
  assert.match(await refusal(), /not a pcap file/);
});

test.run();
