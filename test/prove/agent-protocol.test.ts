import { execaSync } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  AGENT_SCRIPT,
  AGENT_TTY,
  decodeAnswer,
  encodeRequest,
  isReady,
} from '../../src/prove/agent-protocol.ts';

/** The agent itself, run here on pipes in place of the guest's serial port. */
function talk(...requests: string[]): string {
  const script = AGENT_SCRIPT.replace(/^stty[^;]*; /, '')
    .replace(`<${AGENT_TTY}`, '')
    .replace(`>${AGENT_TTY}`, '');
  return `${execaSync('sh', ['-c', script], { input: requests.join('') }).stdout}\n`;
}

test('the agent announces itself and answers with output and status', () => {
  const text = talk(encodeRequest(1, 'echo out; echo err >&2; exit 3'));
  assert.ok(isReady(text));
  assert.equal(decodeAnswer(text, 1), { status: 3, output: 'out\nerr\n' });
});

test('output longer than a base64 line and without a newline at its end arrives whole', () => {
  const text = talk(encodeRequest(1, "printf '%01000d' 7"));
  assert.equal(decodeAnswer(text, 1), { status: 0, output: '7'.padStart(1000, '0') });
});

test('each answer belongs to its request', () => {
  const text = talk(encodeRequest(1, 'echo one'), encodeRequest(12, 'echo two'), encodeRequest(2, 'false'));
  assert.is(decodeAnswer(text, 1)?.output, 'one\n');
  assert.is(decodeAnswer(text, 12)?.output, 'two\n');
  assert.is(decodeAnswer(text, 2)?.status, 1);
});

test('a command cannot eat the requests behind it', () => {
  const text = talk(encodeRequest(1, 'cat'), encodeRequest(2, 'echo still here'));
  assert.is(decodeAnswer(text, 2)?.output, 'still here\n');
});

test('the quit request ends the agent', () => {
  assert.is(decodeAnswer(talk('quit\n', encodeRequest(1, 'true')), 1), null);
});

test('an answer that is not complete is none, and carriage returns do no harm', () => {
  const answer = `ready\r\n1 ${Buffer.from('a\r\n\n0').toString('base64')}`;
  assert.is(decodeAnswer(answer, 1), null);
  assert.equal(decodeAnswer(`${answer}\r\n`, 1), { status: 0, output: 'a\r\n' });
});

test.run();
