import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  deriveMac,
  formatMac,
  isUnicastMac,
  type MacAddress,
  parseMac,
  vendorPart,
} from '../../src/core/mac.ts';

const mac = (text: string) => parseMac(text) as MacAddress;

test('every usual spelling is read into the canonical one', () => {
  for (const text of ['00:1B:21:0a:0B:0c', '00-1b-21-0A-0b-0c', '001b210a0b0c', ' 00:1b:21:0a:0b:0c\n']) {
    assert.is(parseMac(text), '00:1b:21:0a:0b:0c');
  }
});

test('what is not six octets is no address', () => {
  for (const text of [
    '',
    '00:1b:21:0a:0b',
    '00:1b:21:0a:0b:0c:0d',
    '00:1b-21:0a:0b:0c',
    '0:1b:21:0a:0b:0c',
    'zz:1b:21:0a:0b:0c',
  ]) {
    assert.is(parseMac(text), null, text);
  }
});

test('formatting refuses any other number of octets', () => {
  assert.throws(() => formatMac([1, 2, 3]), /6 octets, not 3/);
});

test('group addresses and the zero address are not for cards', () => {
  assert.is(isUnicastMac(mac('01:00:5e:00:00:01')), false);
  assert.is(isUnicastMac(mac('00:00:00:00:00:00')), false);
  assert.is(isUnicastMac(mac('02:00:00:00:00:00')), true);
});

test('a derived address keeps the vendor part bit for bit, locally administered bit included', () => {
  for (const real of ['00:1b:21:0a:0b:0c', '52:54:00:12:34:56', 'fe:ff:ff:00:00:01']) {
    const derived = deriveMac(mac(real), Uint8Array.of(0xa1, 0xb2, 0xc3), new Set());
    assert.is(derived, `${real.slice(0, 8)}:a1:b2:c3`);
    assert.is(vendorPart(derived as MacAddress), vendorPart(mac(real)));
  }
});

test('the random bytes are used as they are, all 24 bits of them', () => {
  const real = mac('00:1b:21:0a:0b:0c');
  for (let bit = 0; bit < 24; bit++) {
    const bytes = Uint8Array.of((1 << bit) >>> 16, ((1 << bit) >>> 8) & 0xff, (1 << bit) & 0xff);
    assert.is(deriveMac(real, bytes, new Set()), formatMac([0, 0x1b, 0x21, ...bytes]));
  }
});

test('the real address and taken ones are passed over for the next random bytes', () => {
  const random = Uint8Array.of(0x0a, 0x0b, 0x0c, 1, 1, 1, 2, 2, 2);
  const taken = new Set(['00:1b:21:01:01:01']);
  assert.is(deriveMac(mac('00:1b:21:0a:0b:0c'), random, taken), '00:1b:21:02:02:02');
});

test('random bytes that hold nothing free give no address', () => {
  assert.is(deriveMac(mac('00:1b:21:0a:0b:0c'), Uint8Array.of(0x0a, 0x0b, 0x0c), new Set()), null);
  assert.is(deriveMac(mac('00:1b:21:0a:0b:0c'), Uint8Array.of(1, 2), new Set()), null);
});

test.run();
