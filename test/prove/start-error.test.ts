import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { EXIT } from '../../src/cli/errors.ts';
import { startError } from '../../src/prove/start-error.ts';

/** What QEMU 7.2 says, and the word of the hint that it must bring. */
const SAID: [string, RegExp][] = [
  ["qemu-system-x86_64: cannot set up guest memory 'pc.ram': Cannot allocate memory", /memory/],
  ["qemu-system-x86_64: -device tulip: 'tulip' is not a valid device model name", /--nics/],
  ["UNIX socket path '/very/long' is too long", /TMPDIR/],
  ["qemu-system-x86_64: -drive file=/i: Could not open '/i': Permission denied", /may read/],
  ['net dump write error: No space left on device', /free some space/],
  ['something nobody foresaw', /--version/],
];

for (const [said, hint] of SAID) {
  test(`QEMU's words come with what helps: ${said}`, () => {
    const error = startError(undefined, `${said}\n`, 'its sockets: not within 30 s');
    assert.is(error.exitCode, EXIT.tool);
    assert.is(error.message, `QEMU does not start: ${said}`);
    assert.match(error.hint, hint);
  });
}

test('a QEMU that says nothing in time is a failed tool too', () => {
  const error = startError(undefined, '', 'its sockets: not within 30 s');
  assert.is(error.exitCode, EXIT.tool);
  assert.match(error.message, 'its sockets: not within 30 s');
});

test('a QEMU that is not there names its package', () => {
  assert.match(startError('ENOENT', '', '').hint, 'qemu-system-x86');
});

test.run();
