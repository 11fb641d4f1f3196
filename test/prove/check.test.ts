import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Check, checkAgain } from '../../src/prove/check.ts';
import { controlVerdict } from '../../src/prove/control.ts';
import { judge } from '../../src/prove/verdict.ts';
import { ascii, ethernet, octets } from './frame-fixtures.ts';
import { type Differences, NIC, NOW, observation } from './observation-fixtures.ts';
import { pcap } from './pcap-fixtures.ts';

const directory = mkdtempSync(join(tmpdir(), 'macveil-check-'));
test.after(() => rmSync(directory, { recursive: true }));

/** A check in which all was right when it was made, done again with these frames in the capture. */
async function again(
  rule: Check['verdict']['rule'],
  differences: Differences,
  frames: ReturnType<typeof ethernet>[],
) {
  const seen = observation(differences);
  const first = { verdict: judge(rule, seen), control: null, observation: seen };
  assert.ok(first.verdict.ok);
  const capture = join(directory, 'capture.pcap');
  writeFileSync(capture, pcap(frames.map(({ data }) => [...data])));
  return checkAgain(first, () => capture);
}

test('what was captured after the check is counted, and stays right when it is', async () => {
  const { verdict } = await again('spoof', {}, [ethernet(NOW), ethernet(NOW), ethernet(NOW)]);
  assert.ok(verdict.ok);
  assert.is(verdict.nics[0]?.framesSent, 3);
});

test('a real address in a frame after the check is a leak', async () => {
  const { verdict } = await again('spoof', {}, [ethernet(NOW), ethernet(NOW, ascii(NIC.address))]);
  assert.not.ok(verdict.ok);
  assert.is(verdict.nics[0]?.verdict, 'LEAK');
});

test('a frame from another source after the check is found', async () => {
  const { verdict } = await again('spoof', {}, [ethernet(NOW), ethernet('00:1b:21:99:99:99')]);
  assert.match(verdict.nics[0]?.findings.join() ?? '', /have the source 00:1b:21:99:99:99/);
});

test('a silent machine that speaks after the check was not silent', async () => {
  const { verdict } = await again('silent', { seen: null, frames: [] }, [ethernet(NOW)]);
  assert.match(verdict.nics[0]?.findings.join() ?? '', /sent 1 frames/);
});

test('the control of keep is made again too', async () => {
  const { control } = await again('keep', { decision: 'keep' }, [ethernet(NIC.address, octets('00'))]);
  assert.equal(control, controlVerdict(observation({ decision: 'keep' })));
});

test.run();
