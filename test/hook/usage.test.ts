import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { boot, HOOK_EXIT, hook } from './machine.ts';

test('wrong words are answered with the usage', () => {
  for (const args of [[], ['bogus'], ['status', '--xml'], ['decide'], ['early', 'now']]) {
    const fake = boot('');
    assert.is(hook(fake, ...args), HOOK_EXIT.usage);
    assert.match(fake.state.stderr, /^usage: macveil-hook COMMAND/);
  }
});

test('--help goes to standard output', () => {
  const fake = boot('');
  assert.is(hook(fake, '--help'), HOOK_EXIT.ok);
  assert.match(fake.state.stdout, /net-add IFINDEX/);
});

test.run();
