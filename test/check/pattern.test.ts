import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { exampleOf, fits } from '../../src/check/pattern.ts';

const CASES: [string, string, boolean][] = [
  ['e1000', 'e1000', true],
  ['e1000', 'e1000e', false],
  ['e1*', 'e1000e', true],
  ['e?000', 'e1000', true],
  ['usb:v13FDp3940d0[0-2]*dc*', 'usb:v13FDp3940d02dcFF', true],
  ['usb:v13FDp3940d0[0-2]*dc*', 'usb:v13FDp3940d03dcFF', false],
  ['x[!0-9]', 'xa', true],
  ['x[!0-9]', 'x5', false],
  ['x[]]', 'x]', true],
  ['a.b', 'axb', false],
  ['a.b*', 'axb', false],
  ['[z-a]', 'm', false],
  ['a[', 'a[', true],
];

for (const [pattern, name, expected] of CASES) {
  test(`${pattern} ${expected ? 'fits' : 'does not fit'} ${name}`, () => {
    assert.is(fits(pattern, name), expected);
  });
}

test('hostile patterns are answered at once', () => {
  assert.is(fits(`${'*a'.repeat(12)}*b`, 'a'.repeat(30)), false);
  assert.is(fits('['.repeat(40_000), 'a'), false);
});

test('the example of a pattern fits it', () => {
  for (const pattern of ['pci:v00008086d0000100Esv*sd*bc*sc*i*', 'usb:v1645p0007d013[0-3]dc*', 'x[!0-9]y?']) {
    assert.ok(fits(pattern, exampleOf(pattern)), pattern);
    assert.not.match(exampleOf(pattern), '[');
  }
});

test.run();
