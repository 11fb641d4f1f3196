import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CliError, EXIT } from '../../src/cli/errors.ts';
import { findTargets, planTarget } from '../../src/cli/menu-files.ts';
import { macveil } from '../cli/run.ts';
import { folderWith, REQUEST, snapshot } from './fixture.ts';

const ENTRY = 'menuentry "Live" {\n\tlinux /vmlinuz quiet\n\tinitrd /initrd\n}\n';
const LABEL = 'label live\n\tmenu label ^Live\n\tmenu default\n\tlinux /vmlinuz\n\tappend quiet\n';
const BEGIN = '# BEGIN macveil menu\n';
const END = '# END macveil menu\n';
const SAVED = 'set default="$saved_entry"\n';

/** A damaged configuration, the line that is named, and what is said. */
interface Damage {
  title: string;
  file: string;
  content: string | Buffer;
  line: number;
  says: string;
}

const grub = (title: string, content: string | Buffer, line: number, says: string): Damage => ({
  title: `GRUB: ${title}`,
  file: 'grub.cfg',
  content,
  line,
  says,
});
const syslinux = (title: string, content: string, line: number, says: string): Damage => ({
  title: `syslinux: ${title}`,
  file: 'isolinux.cfg',
  content,
  line,
  says,
});

const DAMAGES: Damage[] = [
  grub('an empty file', '', 1, 'the file is empty'),
  grub('a binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0x0a, 0, 1]), 2, 'this is no text'),
  grub('bytes that are no UTF-8', Buffer.from([0x23, 0x0a, 0xff, 0x0a]), 2, 'this is no text'),
  grub('lines of DOS', `set x=1\n${ENTRY.replaceAll('\n', '\r\n')}`, 2, 'the line ends with CR LF'),
  grub(
    'a brace that is never closed',
    `set x=1\n${ENTRY.replace('}', '')}`,
    2,
    'the brace opened here is never closed',
  ),
  grub('a brace too many', `${ENTRY}}\n`, 5, '"}" closes or opens nothing here'),
  grub(
    'an if that is never closed',
    `if true; then\n${ENTRY}`,
    1,
    '"if" opened here is never closed by "fi"',
  ),
  grub('a quote that is never closed', `${ENTRY}echo 'x\n`, 5, "the quote ' is never closed"),
  grub('no menuentry', 'set default=0\n', 1, 'there is no menuentry'),
  grub('no linux line', 'menuentry "x" {\n\tchainloader +1\n}\n', 1, 'the entry has no linux line'),
  grub('an entry without a title', 'menuentry {\n\tlinux /v\n}\n', 1, 'the entry has no title'),
  grub(
    'an option nobody knows',
    'menuentry --new "x" {\n\tlinux /v\n}\n',
    1,
    '"--new" is no option of an entry',
  ),
  grub('a default that only the boot knows', `${SAVED}${ENTRY}`, 1, 'is known only at boot'),
  grub('two defaults', `set default=0\nset default=1\n${ENTRY}`, 2, 'a second default, "1" beside "0"'),
  grub(
    'an entry that only the boot shows',
    `if [ -e /x ]; then\n${ENTRY}fi\n`,
    2,
    'is decided at boot (line 1)',
  ),
  grub(
    'a sourced file that is missing',
    `source /boot/grub/a.cfg\n${ENTRY}`,
    1,
    'cannot be read, and may hold entries',
  ),
  grub('a submenu as the default', `submenu "x" {\n${ENTRY}}\n`, 1, 'the default is a submenu'),
  grub('a begin without an end', `${ENTRY}${BEGIN}`, 5, 'the markers of macveil are not a pair'),
  grub('an end without a begin', `${ENTRY}${END}`, 5, 'the markers of macveil are not a pair'),
  grub('markers in the wrong order', `${ENTRY}${END}${BEGIN}`, 5, 'the markers of macveil are not a pair'),
  grub('two blocks', `${ENTRY}${BEGIN}${END}${BEGIN}${END}`, 7, 'the markers of macveil are not a pair'),
  grub('a decision nobody knows', ENTRY.replace('quiet', 'macveil=spof'), 2, '"macveil=spof" is no decision'),
  grub(
    'a decision in a variable of the entry',
    ENTRY.replace('\tinitrd', '\tset a="x macveil=keep"\n\tinitrd'),
    3,
    'the variable a holds',
  ),
  grub(
    'a decision in a variable',
    `set args="macveil=keep"\n${ENTRY}`,
    1,
    'the variable args holds a macveil word',
  ),
  grub(
    'something behind the brace',
    `${ENTRY.trimEnd()}; echo x\n`,
    4,
    'something stands behind the closing brace',
  ),
  grub('a fallback by number', `set fallback=1\n${ENTRY}`, 1, '"fallback" names an entry by number'),
  syslinux('no label', 'prompt 0\n', 1, 'there is no label'),
  syslinux('no default', LABEL.replace('\tmenu default\n', ''), 1, 'no label is the default'),
  syslinux('two defaults', `${LABEL}${LABEL.replace('live', 'other')}`, 6, 'a second default beside "live"'),
  syslinux('no linux line', LABEL.replace('\tlinux /vmlinuz\n', ''), 1, 'the label has no linux line'),
  syslinux(
    'a default that is no Linux',
    LABEL.replace('linux /vmlinuz', 'kernel hdt.c32'),
    4,
    'hdt.c32 is no Linux',
  ),
  syslinux('a word nobody knows', `${LABEL}\tfoo bar\n`, 6, '"foo" is no word of a label'),
  syslinux('two append lines', `${LABEL}\tappend x\n`, 6, 'a second append line'),
  syslinux('a text that is never closed', `${LABEL}\ttext help\nx\n`, 6, '"text help" without "endtext"'),
  syslinux(
    'an included file that is missing',
    `include a.cfg\n${LABEL}`,
    1,
    'the included file a.cfg cannot be read',
  ),
  syslinux('a menu end too many', `menu end\n${LABEL}`, 1, '"menu end" without "menu begin"'),
  syslinux(
    'a default that names no label',
    `default x\n${LABEL.replace('\tmenu default\n', '')}`,
    1,
    'default names no label',
  ),
  syslinux('a label without a name', `label\n${LABEL}`, 1, 'the label has no name'),
  syslinux(
    'a loader that remembers choices',
    `menu mastersave\n${LABEL}`,
    1,
    'would remember the last choice',
  ),
  syslinux('a begin without an end', `${LABEL}${BEGIN}`, 6, 'the markers of macveil are not a pair'),
  syslinux(
    'contradicting words',
    LABEL.replace('quiet', 'macveil=keep macveil=ask'),
    5,
    'contradict each other',
  ),
];

for (const { title, file, content, line, says } of DAMAGES) {
  test(`${title} is refused with its line`, () => {
    const folder = folderWith({ [file]: content });
    const { exitCode, message, hint } = refusal(folder);
    assert.is(exitCode, EXIT.input);
    assert.ok(message.startsWith(`${join(folder, file)}:${line}: `), message);
    assert.ok(message.includes(says), message);
    assert.is.not(hint, '');
  });
}

test('the whole ones of these are taken', () => {
  const folder = folderWith({ 'grub.cfg': ENTRY, 'isolinux.cfg': LABEL });
  assert.is(macveil('menu', folder).exitCode, 0);
  const { 'grub.cfg': grubText = '', 'isolinux.cfg': syslinuxText = '' } = snapshot(folder);
  assert.match(grubText, 'linux /vmlinuz quiet macveil=keep');
  assert.match(syslinuxText, 'append quiet macveil=keep');
});

test('when one of two menus is not understood, neither changes', () => {
  const files = { 'grub.cfg': ENTRY, 'isolinux.cfg': 'prompt 0\n' };
  const folder = folderWith(files);
  const { exitCode, stderr } = macveil('menu', folder);
  assert.is(exitCode, EXIT.input);
  assert.match(stderr, 'isolinux.cfg:1: there is no label');
  assert.match(stderr, /\n {2}hint: \S/);
  assert.equal(snapshot(folder), files);
});

/** The error to which planning the menus of a folder comes. */
function refusal(folder: string): CliError {
  try {
    for (const target of findTargets(folder, undefined)) planTarget(target, REQUEST);
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

test.run();
