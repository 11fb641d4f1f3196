import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Fault } from '../../src/system/fake.ts';
import type { Case } from './case.ts';
import { casesOfFake, fakeWorld } from './fake-world.ts';
import { tryCase } from './suite.ts';

// The suite is a detector: an adapter that lies about any one call must be caught by some case.

const LIES: Omit<Fault, 'effect'>[] = [
  { call: 'readFile', value: '' },
  { call: 'checksum', value: '00000000' },
  { call: 'writeFile' },
  { call: 'writeAttribute' },
  { call: 'makeDirectory' },
  { call: 'removeFile' },
  { call: 'listDirectory', value: [] },
  { call: 'readLink', value: '/' },
  { call: 'exists', value: true },
  { call: 'exists', value: false },
  { call: 'links', value: [] },
  { call: 'link' },
  { call: 'unloadModule' },
  { call: 'setAddress' },
  { call: 'setUp' },
  { call: 'replaceQdisc' },
  { call: 'qdiscs', value: [] },
  { call: 'setGuard' },
  { call: 'removeGuard' },
  { call: 'guards', value: [] },
  { call: 'wirelessDevices', value: [{}] },
  { call: 'removeWirelessDevice' },
  { call: 'lock' },
  { call: 'unlock' },
  { call: 'randomBytes', value: new Uint8Array(24) },
  { call: 'run' },
];

for (const lie of LIES) {
  const told = 'value' in lie ? ` and returns ${JSON.stringify(lie.value).slice(0, 20)}` : '';
  test(`an adapter whose ${lie.call} does nothing${told} is caught`, () => {
    assert.ok(casesOfFake().some((one) => fails(one, [{ ...lie, effect: 'lie' }])));
  });
}

test('an adapter that is right passes every case', () => {
  assert.equal(
    casesOfFake().filter((one) => fails(one, [])),
    [],
  );
});

test.run();

function fails(one: Case, faults: Fault[]): boolean {
  const fake = fakeWorld();
  fake.faults.push(...faults);
  return tryCase(one, fake.system) !== '';
}
