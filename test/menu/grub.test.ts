import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { MenuRequest } from '../../src/menu/change.ts';
import { planGrub } from '../../src/menu/grub/menu.ts';
import { REQUEST } from './fixture.ts';

const PATH = '/medium/grub.cfg';
const entry = (title: string, parameters: string, options = '') =>
  `menuentry "${title}"${options} {\n\tlinux /vmlinuz${parameters}\n}\n`;

test('the default is found by number, by id and by title, also in a submenu', () => {
  const menu = `${entry('A', ' a')}submenu "S" --id s {\n${entry('B', ' b', ' --id bee')}${entry('C', ' c')}}\n`;
  for (const [name, found] of [
    ['0', 'a'],
    ['1>0', 'b'],
    ['s>bee', 'b'],
    ['S>C', 'c'],
  ] as const) {
    assert.match(added(`set default="${name}"\n${menu}`), `linux /vmlinuz ${found} macveil=keep`);
    assert.match(added(menu, { entry: name }), `linux /vmlinuz ${found} macveil=keep`);
  }
});

test('a default that is for one boot only does not count', () => {
  const conditional = 'if [ "$next_entry" ]; then\nset default="$next_entry"\nelse\nset default="1"\nfi\n';
  assert.match(
    added(`${conditional}${entry('A', ' a')}${entry('B', ' b')}`),
    'linux /vmlinuz b macveil=keep',
  );
});

test('a decision of the default entry is replaced in the others, and an anonymous start is offered', () => {
  const text = entry('Live', ' quiet macveil=ask splash');
  const lines = linuxLines(added(text));
  assert.equal(lines, [
    'linux /vmlinuz quiet splash macveil=spoof',
    'linux /vmlinuz quiet splash macveil=keep',
    'linux /vmlinuz quiet splash macveil=offline',
  ]);
  assert.equal(plan(text).notes, [`${PATH}:1: the default entry has macveil=ask, and keeps it`]);
});

test('a decision stands before the words of init', () => {
  assert.match(added(entry('Live', ' quiet -- single')), 'linux /vmlinuz quiet macveil=keep -- single');
});

test('quotes, variables and joined lines stay as they are written', () => {
  const added1 = added(entry('Live', ` a="b c" \${iso} 'd e' \\\n\t\tlast`));
  assert.match(added1, `linux /vmlinuz a="b c" \${iso} 'd e' \\\n\t\tlast macveil=keep`);
});

test('every linux line of an entry that chooses between kernels gets the decision', () => {
  const text = 'menuentry "x" {\n\tif cpuid -l; then\n\t\tlinux /a q\n\telse\n\t\tlinux /b q\n\tfi\n}\n';
  assert.equal(linuxLines(added(text)).slice(0, 2), ['linux /a q macveil=keep', 'linux /b q macveil=keep']);
});

test('a choice for one start does not become the default of the next', () => {
  const text = added('menuentry "x" {\n\tsavedefault\n\tlinux /v\n}\n');
  assert.not.match(text, 'savedefault');
});

test('a hotkey stays with the default entry alone', () => {
  for (const hotkey of [' --hotkey=l', ' --hotkey l'])
    assert.not.match(added(entry('A', '', hotkey)), 'hotkey');
});

test('a title with an apostrophe is written so that GRUB reads it', () => {
  assert.match(
    added(entry("Anna's", '')),
    "menuentry 'Anna'\\''s, without network' --id 'macveil-offline' {",
  );
});

test('a file without a line end at its last line comes back as it was', () => {
  const text = entry('A', '').trimEnd();
  const after = afterOf(plan(text).changes);
  assert.match(after, /macveil=keep/);
  assert.is(afterOf(plan(after, { remove: true }).changes), text);
});

test('an installed grub.cfg is understood but for the mark of grub-mkconfig', () => {
  const file = join(process.cwd(), 'test/menu/fixtures/installed-13/boot/grub/grub.cfg');
  const text = readFileSync(file, 'utf8').replace(/^### (?:BEGIN|END) .*\n/gm, '');
  const uuid = '1b2c3d4e-0000-4000-8000-123456789abc';
  const made = added(text);
  assert.match(made, `$menuentry_id_option 'gnulinux-simple-${uuid}-macveil-keep' {`);
  assert.match(made, '/boot/vmlinuz-6.12.48+deb13-amd64 root=/dev/sda1 ro  quiet macveil=keep\n');
});

function plan(text: string, request: Partial<MenuRequest> = {}) {
  return planGrub(
    PATH,
    { ...REQUEST, ...request },
    (path) => (path === PATH ? text : null),
    () => null,
  );
}

/** What stands between the markers. */
function added(text: string, request: Partial<MenuRequest> = {}): string {
  const after = afterOf(plan(text, request).changes);
  return /^# BEGIN macveil menu.*\n([\s\S]*)^# END macveil menu$/m.exec(after)?.[1] ?? '';
}

function afterOf(changes: ReturnType<typeof plan>['changes']): string {
  return changes[0]?.after ?? '';
}

function linuxLines(text: string): string[] {
  return text.split('\n').flatMap((line) => (line.trim().startsWith('linux ') ? [line.trim()] : []));
}

test.run();
