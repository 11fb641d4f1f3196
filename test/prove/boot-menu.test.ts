import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { chooseInMenu } from '../../src/prove/boot-menu.ts';
import type { Line } from '../../src/prove/line.ts';

/** A machine whose screen shows firmware for so many keys, and then a menu of four entries; returns the entry that was started. */
async function choose(keys: string[], deafKeys: number): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'macveil-menu-'));
  const state = { entry: 0, seen: 0, started: -1 };
  const act = (key: string) => {
    state.seen += 1;
    if (state.seen <= deafKeys) return;
    if (key === 'ret') state.started = state.entry;
    state.entry = Math.min(3, Math.max(0, state.entry + ({ down: 1, up: -1 }[key] ?? 0)));
  };
  const line = {
    text: '',
    write(request: string) {
      const { execute, arguments: given } = JSON.parse(request);
      if (execute === 'send-key') act(given.keys[0].data);
      else writeFileSync(given.filename, state.seen < deafKeys ? 'firmware' : `entry ${state.entry}`);
      this.text += `{"return": {}, "id": "${execute}"}\n`;
    },
  };
  await chooseInMenu(line as unknown as Line, keys, join(directory, 'menu.png'), () => {});
  rmSync(directory, { recursive: true });
  return state.started;
}

test('the keys are pressed in a menu that answers', async () => {
  assert.is(await choose(['down', 'down', 'ret'], 0), 2);
});

test('a screen that does not answer is no menu: nothing is chosen on it', async () => {
  assert.is(await choose(['down', 'ret'], 2), 1);
});

test.run();
