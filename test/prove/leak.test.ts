import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findLeaks } from '../../src/prove/leak.ts';
import { ascii, ethernet, frameOf, octets, REAL, SPOOFED } from './frame-fixtures.ts';

const PADDING = Array.from({ length: 40 }, (_, at) => (at * 7) & 0xff);
const utf16le = (text: string) => [...Buffer.from(text, 'utf16le')];
const utf16be = (text: string) => [...Buffer.from(text, 'utf16le').swap16()];
const reverseDns = (identifier: string) =>
  [...identifier.replaceAll(':', '')].toReversed().flatMap((nibble) => [1, ...ascii(nibble)]);

/** Every form in which the address of the fixtures must be found, written down by hand. */
const HIDDEN: [string, number[]][] = [
  ['raw', octets('001b21a75ec2')],
  ['raw, reversed', octets('c25ea7211b00')],
  ['EUI-64', octets('001b21fffea75ec2')],
  ['EUI-64, reversed', octets('c25ea7feff211b00')],
  ['EUI-64 interface identifier', octets('021b21fffea75ec2')],
  ['EUI-64 interface identifier, reversed', octets('c25ea7feff211b02')],
  ['solicited-node multicast', octets('3333ffa75ec2')],
  ['solicited-node multicast', octets('ff0200000000000000000001ffa75ec2')],
  ['text', ascii('00:1b:21:a7:5e:c2')],
  ['text', ascii('00:1B:21:A7:5E:C2')],
  ['text', ascii('00-1B-21-a7-5e-c2')],
  ['text', ascii('001b.21a7.5ec2')],
  ['text', ascii('001B21A75EC2')],
  ['text', ascii('001b21-a75ec2')],
  ['text', ascii('00%3A1B%3A21%3AA7%3A5E%3AC2')],
  ['text', ascii('0:1b:21:a7:5e:c2')],
  ['text, UTF-16', utf16le('00:1B:21:A7:5E:C2')],
  ['text, UTF-16', utf16be('001b21a75ec2')],
  ['EUI-64 as text', ascii('001B21FFFEA75EC2')],
  ['EUI-64 interface identifier as text', ascii('[fe80::21b:21ff:fea7:5ec2]')],
  ['EUI-64 interface identifier as text', reverseDns('021b:21ff:fea7:5ec2')],
];

for (const [form, bytes] of HIDDEN) {
  test(`a real address is found as ${form}: ${Buffer.from(bytes).toString('hex')}`, () => {
    const leaks = findLeaks([ethernet(SPOOFED, [...PADDING, ...bytes, ...PADDING])], [REAL]);
    assert.ok(
      leaks.some((leak) => leak.form === form),
      `found ${JSON.stringify(leaks)}`,
    );
  });
}

test('a frame without the real address is no leak', () => {
  const near = octets('001b21a75ec3 021b21fffea75ec3 3333ffa75ec3');
  assert.equal(findLeaks([ethernet(SPOOFED, [...near, ...PADDING])], [REAL]), []);
});

test('the half of an address alone is no leak', () => {
  assert.equal(findLeaks([ethernet(SPOOFED, octets('a75ec2'))], [REAL]), []);
});

test('a leak names its address, frame and offset', () => {
  const frames = [ethernet(SPOOFED, PADDING, 1), ethernet(REAL, PADDING, 2)];
  assert.equal(findLeaks(frames, [REAL]), [{ address: REAL, form: 'raw', frame: 2, offset: 6 }]);
});

test('the address of every card is searched, not only of the one that is captured', () => {
  const leaks = findLeaks([ethernet(SPOOFED, octets(REAL))], ['00:0e:0c:a7:5e:c1' as typeof REAL, REAL]);
  assert.equal(
    leaks.map(({ address }) => address),
    [REAL],
  );
});

test('an address in the first and the last bytes of a frame is found', () => {
  assert.is(findLeaks([frameOf(octets(REAL))], [REAL])[0]?.offset, 0);
  assert.is(findLeaks([frameOf([1, 2, ...octets(REAL)])], [REAL])[0]?.offset, 2);
});

test('bytes of two frames that only together make an address are no leak', () => {
  const [first, second] = [octets(REAL).slice(0, 3), octets(REAL).slice(3)];
  assert.equal(findLeaks([frameOf(first, 1), frameOf(second, 2)], [REAL]), []);
});

test('a pattern across two frames does not hide the one behind it', () => {
  const doubled = octets('0000000000');
  const zero = '00:00:00:00:00:00' as typeof REAL;
  const leaks = findLeaks([frameOf(doubled, 1), frameOf([...doubled, 0], 2)], [zero]);
  assert.equal(
    leaks.filter(({ form }) => form === 'raw').map(({ frame }) => frame),
    [2],
  );
});

test('each frame that leaks is named once a form', () => {
  const twice = [...octets(REAL), ...PADDING, ...octets(REAL)];
  const leaks = findLeaks([ethernet(SPOOFED, twice, 1), ethernet(SPOOFED, twice, 2)], [REAL]);
  assert.equal(
    leaks.map(({ frame }) => frame),
    [1, 2],
  );
});

test.run();
