import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseAnswers } from '../../src/check/answers.ts';

const MARK_LINE = 'install macveil_0123';

test('each answer holds the modules that would be inserted, in order, by the name modprobe knows them by', () => {
  const output = [
    'insmod /tmp/a b/lib/modules/6.1/kernel/net/mii.ko.xz ',
    'insmod /tmp/a b/lib/modules/6.1/kernel/net/snd-dummy.ko index=1 path=/x.ko ',
    `${MARK_LINE} `,
    'insmod /lib/modules/6.1/updates/e1000.ko.zst',
    `${MARK_LINE} `,
  ].join('\n');
  assert.equal(parseAnswers(output, 2, MARK_LINE), [['mii', 'snd_dummy'], ['e1000']]);
});

test('install commands, built-in modules and silence insert nothing', () => {
  const output = `install /bin/false \nbuiltin ext4\n${MARK_LINE} \n${MARK_LINE} \n`;
  assert.equal(parseAnswers(output, 2, MARK_LINE), [[], []]);
});

test('fewer or more answers than questions are no answer at all', () => {
  assert.is(parseAnswers(`${MARK_LINE}\n`, 2, MARK_LINE), null);
  assert.is(parseAnswers(`${MARK_LINE}\n${MARK_LINE}\n`, 1, MARK_LINE), null);
  assert.is(parseAnswers('', 1, MARK_LINE), null);
});

test.run();
