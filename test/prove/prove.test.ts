import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type ProofResult, prove } from '../../src/prove/prove.ts';
import type { Scenario } from '../../src/prove/scenario.ts';
import { type FakeMachine, record, withFakeQemu } from './fake-qemu.ts';
import { ethernet, SPOOFED } from './frame-fixtures.ts';
import { pcap } from './pcap-fixtures.ts';

const SILENT: Scenario = {
  ...{ name: 'silent', boot: 'live', cmdline: '', nics: ['e1000'] },
  steps: [{ do: 'expect', rule: 'silent' }],
};

/** The proof of this machine, which is judged once and then stopped. */
const proof = (machine: FakeMachine): Promise<ProofResult> =>
  withFakeQemu(machine, (folder) => {
    const kernel = join(folder, 'vmlinuz');
    const bytes = Buffer.alloc(1024);
    bytes.write('HdrS', 0x202);
    writeFileSync(kernel, bytes);
    const source = { kind: 'files' as const, kernel, initrd: kernel, image: kernel };
    return prove(source, SILENT, { evidence: join(folder, 'evidence') });
  });

test('a machine that was silent to its end is proven', async () => {
  const { ok, failure, checks } = await proof({ captured: pcap([]) });
  assert.is(failure, '');
  assert.is(checks.length, 1);
  assert.ok(ok);
});

test('a frame behind the last judgement is judged all the same', async () => {
  const late = record([...ethernet(SPOOFED).data]);
  const { ok, checks } = await proof({ captured: pcap([]), late });
  assert.not.ok(ok);
  assert.is(checks.length, 1);
  assert.match(checks[0]?.verdict.nics[0]?.findings.join() ?? '', /sent 1 frames/);
});

test('a capture that QEMU gives up behind the last judgement proves nothing', async () => {
  const words = 'network dump write error - stopping dump';
  const { ok, failure } = await proof({ captured: pcap([]), words });
  assert.not.ok(ok);
  assert.match(failure, 'network dump write error');
});

test('the silence of a card that the guest does not have proves nothing', async () => {
  const { ok, checks } = await proof({ captured: pcap([]), devices: '0000:00:00.0' });
  assert.not.ok(ok);
  assert.match(checks[0]?.verdict.nics[0]?.findings.join() ?? '', /has no such card/);
});

test('without a capture there is no judgement', async () => {
  const { ok, failure, checks } = await proof({ captured: null });
  assert.not.ok(ok);
  assert.equal(checks, []);
  assert.match(failure, 'there is no capture 0-e1000.pcap');
});

test.run();
