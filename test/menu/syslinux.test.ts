import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { MenuRequest } from '../../src/menu/change.ts';
import { planSyslinux } from '../../src/menu/syslinux/menu.ts';
import { LANGUAGES } from '../../src/menu/titles.ts';
import { REQUEST } from './fixture.ts';

const PATH = '/medium/isolinux.cfg';
const LIVE = 'label live\n\tmenu label ^Live\n\tlinux /vmlinuz\n\tappend quiet\n';
const OTHER = 'label other\n\tkernel /other\n\tinitrd /i\n\tappend x\n';

test('the default is what starts when nobody chooses: ontimeout, menu default, default', () => {
  assert.match(added(`default live\n${OTHER}${LIVE}`), 'append quiet macveil=keep');
  assert.match(added(`default other\n${OTHER}${LIVE}\tmenu default\n`), 'append quiet macveil=keep');
  assert.match(added(`ontimeout other\n${OTHER}${LIVE}\tmenu default\n`), 'append x macveil=keep');
});

test("a menu default inside another menu is that menu's", () => {
  const nested = `menu begin\n${OTHER}\tmenu default\nmenu end\n`;
  assert.match(added(`${nested}${LIVE}\tmenu default\n`), 'append quiet macveil=keep');
});

test('keywords in capitals, blank lines and comments are read, and come back as they were', () => {
  const text =
    'DEFAULT live\n\nLABEL live\n  # why\n  MENU LABEL Live\n\n  KERNEL /vmlinuz\n  APPEND  quiet   ro\n\n# end\n';
  const after = plan(text).changes[0]?.after ?? '';
  assert.match(after, '  APPEND  quiet   ro macveil=keep\n');
  assert.match(after, 'LABEL live-macveil-keep\n  menu label Live, with');
  assert.is(plan(after, { remove: true }).changes[0]?.after, text);
});

test('a label without append has the parameters that stand before all labels', () => {
  const text = `append ro quiet\ndefault live\n${LIVE.replace('\tappend quiet\n', '')}`;
  assert.match(added(text), '\tappend ro quiet macveil=keep');
});

test('append - is no parameter at all', () => {
  const text = `append ro quiet\ndefault live\n${LIVE.replace('append quiet', 'append -')}`;
  assert.match(added(text), '\tappend macveil=keep\n');
});

test('a decision of the default label is replaced in the others, before the words of init', () => {
  const text = `default live\n${LIVE.replace('append quiet', 'append macveil=offline quiet -- x')}`;
  assert.match(added(text), 'append quiet macveil=spoof -- x\n');
  assert.match(added(text), 'append quiet macveil=keep -- x\n');
  assert.not.match(added(text), 'offline');
});

test('a new label is neither the default nor remembered, and has no hotkey', () => {
  const made = added(`${LIVE}\tmenu default\n\tmenu save\n`);
  assert.not.match(made, /menu default|menu save|\^/);
});

test('titles are written in ASCII, which is all that the menu can show', () => {
  const titles = LANGUAGES.fr;
  assert.match(added(`default live\n${LIVE}`, { titles }), 'menu label Live, sans reseau\n');
  const foreign = { ...titles, keep: '{title} 本' };
  assert.throws(
    () => added(`default live\n${LIVE}`, { titles: foreign }),
    /isolinux\.cfg:2: syslinux cannot show/,
  );
});

test('a help text goes with its label', () => {
  const made = added(`default live\n${LIVE}\ttext help\n\tlabel of nothing\n\tendtext\n${OTHER}`);
  assert.match(made, 'append quiet macveil=keep\n\ttext help\n\tlabel of nothing\n\tendtext\n');
});

function plan(text: string, request: Partial<MenuRequest> = {}) {
  return planSyslinux(
    PATH,
    { ...REQUEST, ...request },
    (path) => (path === PATH ? text : null),
    () => null,
  );
}

/** What stands between the markers. */
function added(text: string, request: Partial<MenuRequest> = {}): string {
  const after = plan(text, request).changes[0]?.after ?? '';
  return /^# BEGIN macveil menu.*\n([\s\S]*)^# END macveil menu$/m.exec(after)?.[1] ?? '';
}

test.run();
