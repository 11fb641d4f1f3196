import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { kmsgRecord } from '../../src/system/kmsg.ts';

test('a record carries the severity and the mark', () => {
  assert.is(kmsgRecord('err', 'blocked'), '<3>macveil: blocked\n');
  assert.is(kmsgRecord('warning', 'blocked'), '<4>macveil: blocked\n');
  assert.is(kmsgRecord('info', 'blocked'), '<6>macveil: blocked\n');
});

test('line breaks inside do not make a second record', () => {
  assert.is(kmsgRecord('info', ' one\n  two\n'), '<6>macveil: one | two\n');
});

test('a long line is cut to what the kernel takes, in bytes', () => {
  const record = kmsgRecord('info', '\u20ac'.repeat(2000));
  assert.ok(new TextEncoder().encode(record).length <= 1024);
  assert.match(record, /\.\.\.\n$/);
});

test.run();
