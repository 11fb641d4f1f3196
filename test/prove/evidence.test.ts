import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { clearEvidence } from '../../src/prove/evidence.ts';
import { captureFile } from '../../src/prove/machine.ts';
import { makeNics } from '../../src/prove/nics.ts';

test('the evidence of an earlier run goes, and every other file stays', () => {
  const directory = mkdtempSync(join(tmpdir(), 'macveil-evidence-'));
  const captures = makeNics().map((nic) => captureFile(directory, nic));
  for (const path of captures) writeFileSync(path, '');
  for (const name of ['console.log', 'report.json', 'decoded.txt']) writeFileSync(join(directory, name), '');
  for (const name of ['thesis.txt', 'mine.pcap', 'report.json.bak']) writeFileSync(join(directory, name), '');
  clearEvidence(directory);
  assert.equal(readdirSync(directory).sort(), ['mine.pcap', 'report.json.bak', 'thesis.txt']);
  rmSync(directory, { recursive: true });
});

test('a folder that is not there yet is made', () => {
  const directory = mkdtempSync(join(tmpdir(), 'macveil-evidence-'));
  clearEvidence(join(directory, 'a/b'));
  assert.equal(readdirSync(join(directory, 'a')), ['b']);
  rmSync(directory, { recursive: true });
});

test.run();
