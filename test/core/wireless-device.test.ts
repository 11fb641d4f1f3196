import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { tellsRealAddress } from '../../src/core/wireless-device.ts';

const REAL = '00:1b:21:a7:5e:c2';

for (const [what, address, real] of [
  ['the real one', REAL, REAL],
  ['the next one', '00:1b:21:a7:5e:c3', REAL],
  ['the real one with its local bit set', '02:1b:21:a7:5e:c2', REAL],
  ['one with other bits of its first and its last octets changed', '06:1b:21:a7:de:c2', REAL],
  ['one of the vendor', '00:1b:21:00:00:01', REAL],
  ['one of another vendor', '00:0e:0c:00:00:01', REAL],
  ['none', '', REAL],
  ['a local one of a radio whose real one is not known', '02:9d:6a:b9:6c:5f', ''],
] as const) {
  test(`an address that is ${what} tells the real one`, () => assert.ok(tellsRealAddress(address, real)));
}

test('a local address that has nothing of the real one tells nothing', () => {
  assert.not(tellsRealAddress('5a:9d:6a:b9:6c:5f', REAL));
});

test.run();
