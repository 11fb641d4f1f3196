import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { showProgress } from '../../src/prove/progress.ts';

const FRAMES = () => [{ model: 'e1000', frames: 3 }];

function record(isTTY: boolean, columns = 200) {
  const written: string[] = [];
  return { written, output: { isTTY, columns, write: (text: string) => written.push(text) } };
}

test('without a terminal each stage is a line', () => {
  const { written, output } = record(false);
  const display = showProgress(output);
  display.report('booting', FRAMES);
  display.stop();
  assert.equal(written, ['   0 s  booting\n']);
});

test('on a terminal one line is rewritten and shows frames per card', () => {
  const { written, output } = record(true);
  const display = showProgress(output);
  display.report('booting', FRAMES);
  display.stop();
  assert.ok(written[0]?.startsWith('\r\x1b[K   0 s  booting'));
  assert.match(written[0] ?? '', /e1000 3/);
  assert.is(written.at(-1), '\r\x1b[K');
});

test('the live line never wraps', () => {
  const { written, output } = record(true, 12);
  const display = showProgress(output);
  display.report('a long stage of the boot', FRAMES);
  display.stop();
  assert.is(written[0]?.replace('\r\x1b[K', '').replace('\x1b[0m', '').length, 11);
});

test.run();
