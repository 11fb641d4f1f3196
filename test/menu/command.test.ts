import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decisionFromCmdline } from '../../src/core/decision.ts';
import { LANGUAGES, TITLE_NAMES } from '../../src/menu/titles.ts';
import { macveil, macveilWith } from '../cli/run.ts';
import { folderWith, snapshot } from './fixture.ts';

const GRUB = 'menuentry "Live" {\n\tlinux /vmlinuz quiet\n}\n';
const LABEL = 'label live\n\tmenu default\n\tlinux /vmlinuz\n\tappend quiet\n';
const BOTH = {
  'boot/grub/grub.cfg': GRUB,
  'isolinux/isolinux.cfg': 'include live.cfg\n',
  'isolinux/live.cfg': LABEL,
};

test('every loader of a medium gets its entries; the file that holds the default one is the one that changes', () => {
  const folder = folderWith(BOTH);
  const { stdout, exitCode } = macveil('menu', folder);
  assert.is(exitCode, 0);
  assert.is(stdout, `wrote ${folder}/boot/grub/grub.cfg\nwrote ${folder}/isolinux/live.cfg\n`);
  assert.is(snapshot(folder)['isolinux/isolinux.cfg'], 'include live.cfg\n');
});

test('--loader leaves the others alone', () => {
  const folder = folderWith(BOTH);
  assert.is(macveil('menu', folder, '--loader', 'syslinux').exitCode, 0);
  assert.is(snapshot(folder)['boot/grub/grub.cfg'], GRUB);
  assert.match(snapshot(folder)['isolinux/live.cfg'] ?? '', 'macveil=keep');
});

test('a file is taken for what its text is, whatever its name', () => {
  const folder = folderWith({ 'a.cfg': GRUB, 'b.cfg': LABEL, 'c.cfg': 'nothing\n' });
  assert.is(macveil('menu', join(folder, 'a.cfg')).exitCode, 0);
  assert.is(macveil('menu', join(folder, 'b.cfg')).exitCode, 0);
  const { exitCode, stderr } = macveil('menu', join(folder, 'c.cfg'));
  assert.is(exitCode, 3);
  assert.match(stderr, 'cannot tell which boot loader this is for');
});

test('a dry run shows a unified diff and changes nothing', () => {
  const folder = folderWith({ 'grub.cfg': GRUB });
  const { stdout } = macveil('menu', folder, '--dry-run');
  assert.match(stdout, `--- ${folder}/grub.cfg\n+++ ${folder}/grub.cfg\n@@ -1,3 +1,`);
  assert.match(stdout, '+\tlinux /vmlinuz quiet macveil=offline\n');
  assert.equal(snapshot(folder), { 'grub.cfg': GRUB });
});

test('a file keeps its rights, and nothing is left beside it', () => {
  const folder = folderWith({ 'grub.cfg': GRUB });
  chmodSync(join(folder, 'grub.cfg'), 0o600);
  macveil('menu', folder);
  assert.is(statSync(join(folder, 'grub.cfg')).mode & 0o777, 0o600);
  assert.equal(readdirSync(folder), ['grub.cfg']);
});

test('when the disk is full neither file changes', () => {
  const folder = folderWith(BOTH);
  const full =
    "import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';" +
    'const write = fs.writeFileSync; let left = 1; fs.writeFileSync = (...args) => {' +
    "if (left-- > 0) return write(...args); throw Object.assign(new Error('full'), { code: 'ENOSPC' }); };" +
    'syncBuiltinESMExports();';
  const { exitCode, stderr } = macveilWith(full, 'menu', folder);
  assert.is(exitCode, 5, stderr);
  assert.match(stderr, 'the disk is full');
  assert.equal(snapshot(folder), BOTH);
});

test('titles come from the language, a file and the command line, the last being the weightiest', () => {
  const folder = folderWith({ 'grub.cfg': GRUB, 'titles.json': '{"keep": "A", "offline": "B"}' });
  const titles = join(folder, 'titles.json');
  const options = ['--language', 'es', '--titles', titles, '--title', 'keep=C {title}', '--ask'];
  assert.is(macveil('menu', join(folder, 'grub.cfg'), ...options).exitCode, 0);
  const text = readFileSync(join(folder, 'grub.cfg'), 'utf8');
  const found = [...text.matchAll(/^menuentry '(.*?)'/gm)].map(([, title]) => title);
  assert.equal(found, ['C Live', 'B', 'Live, preguntarme por la red al iniciar']);
});

test('every language has every title, and each decision says something else', () => {
  for (const titles of Object.values(LANGUAGES)) {
    assert.equal(Object.keys(titles), [...TITLE_NAMES]);
    assert.is(new Set(Object.values(titles)).size, TITLE_NAMES.length);
    for (const title of Object.values(titles)) assert.match(title, '{title}');
  }
});

test('--entry chooses another entry', () => {
  const folder = folderWith({ 'grub.cfg': GRUB + GRUB.replace('Live', 'Other').replace('quiet', 'other') });
  assert.is(macveil('menu', folder, '--entry', 'Other').exitCode, 0);
  const lines = (snapshot(folder)['grub.cfg'] ?? '').match(/linux \/vmlinuz .*$/gm) ?? [];
  assert.equal(
    lines.map((line) => [line.includes('other'), decisionFromCmdline(line).decision]),
    [
      [false, 'spoof'],
      [true, 'spoof'],
      [true, 'keep'],
      [true, 'offline'],
    ],
  );
});

for (const [title, args, exitCode, says] of [
  ['no path', [], 2, 'Not enough non-option arguments'],
  ['a path that is not there', ['/nonexistent'], 3, '/nonexistent does not exist'],
  ['an unknown loader', ['.', '--loader', 'lilo'], 2, '--loader cannot be "lilo"'],
  ['an unknown language', ['.', '--language', 'xx'], 2, '--language cannot be "xx"'],
  ['a title without a name', ['.', '--title', 'x'], 2, '--title: "x" is no title'],
  ['a title of two lines', ['.', '--title', 'keep=a\nb'], 2, 'holds a control character'],
  ['--remove with --ask', ['.', '--remove', '--ask'], 2, '--remove and --ask contradict each other'],
  ['a title file that is not there', ['.', '--titles', '/nonexistent'], 3, '/nonexistent does not exist'],
] as const) {
  test(`${title} is an error in words`, () => {
    const result = macveil('menu', ...args);
    assert.is(result.exitCode, exitCode, result.stderr);
    assert.ok(result.stderr.includes(says), result.stderr);
  });
}

test('a folder without any loader is refused, and the places are named', () => {
  const { exitCode, stderr } = macveil('menu', folderWith({ x: '' }));
  assert.is(exitCode, 3);
  assert.match(stderr, 'looked for boot/grub/grub.cfg');
});

for (const [title, content, says] of [
  ['no JSON', '{', 'is no JSON'],
  ['no object', '[]', 'holds no titles'],
  ['an unknown name', '{"stay": "x"}', '"stay" is no name of a title'],
  ['a title that is no text', '{"keep": 1}', 'the title of keep is no text'],
] as const) {
  test(`a title file with ${title} is refused`, () => {
    const folder = folderWith({ 'grub.cfg': GRUB });
    writeFileSync(join(folder, 't.json'), content);
    const { exitCode, stderr } = macveil('menu', folder, '--titles', join(folder, 't.json'));
    assert.is(exitCode, 3);
    assert.ok(stderr.includes(says), stderr);
  });
}

test.run();
