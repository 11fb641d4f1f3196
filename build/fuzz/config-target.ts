import assert from 'node:assert/strict';
import { installFindings } from '../../src/check/install-commands.ts';
import { type ConfigFile, effectiveLines } from '../../src/check/modprobe-config.ts';
import { OF_TEXT } from './mutate-text.ts';
import type { Target } from './target.ts';

const BLOCKED = new Set(['e1000', 'r8169']);
const TREE = { show: (path: string) => path, files: () => [], real: () => null, content: () => null };
const TEXTS = [
  'blacklist e1000\ninstall e1000 /bin/false\nsoftdep e1000 pre:\n',
  '# a remark\nalias pci:v*d[0-9]*sv*sd* e1000\noptions r8169 \\\n  debug=1\ninstall e1*0 /sbin/modprobe -i e1000\n',
  `install *${'a*'.repeat(20)} /bin/true\ninstall [!a-z]?[]] insmod\n`,
];

/** modprobe.d of an image, as `check` reads it. */
export const CONFIG_TARGET: Target = {
  name: 'modprobe.d',
  weight: 2,
  corpus: TEXTS.map((text) => Buffer.from(text)),
  mutations: OF_TEXT,
  run: (input) => {
    const file: ConfigFile = { directory: 'etc/modprobe.d', name: 'made-up.conf', text: input.toString() };
    const lines = effectiveLines([file], TREE);
    for (const { keyword, name } of lines) assert.ok(keyword !== '' && name !== '');
    for (const { what, where, cure } of installFindings(lines, BLOCKED)) assert.ok(what && where && cure);
  },
};
