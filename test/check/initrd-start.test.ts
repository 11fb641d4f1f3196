import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { initrdFileFindings } from '../../src/check/initrd-files.ts';
import { BLOCKLIST, HOOK } from '../../src/paths.ts';
import { fakeTree } from './fake-tree.ts';

const UNIT = 'usr/lib/systemd/system/macveil-early.service';
const WANTED = 'usr/lib/systemd/system/sysinit.target.wants/macveil-early.service';
const SCRIPT = 'usr/lib/dracut/modules.d/50macveil/macveil-early.sh';
const HOOKED = 'var/lib/dracut/hooks/cmdline/00-macveil-early.sh';

const COMMON = {
  [HOOK.slice(1)]: '#!hook',
  [BLOCKLIST.slice(1)]: 'blacklist e1000',
  'usr/lib/udev/rules.d/10-macveil.rules': 'rule',
};
const BUSYBOX_HOOK = 'usr/lib/initcpio/hooks/macveil';
const ROOT = { ...COMMON, [UNIT]: 'unit', [SCRIPT]: '#!/bin/sh', [BUSYBOX_HOOK]: '#!ash' };
const SYSTEMD = {
  ...COMMON,
  'usr/lib/systemd/system/systemd-udevd.service': 'udevd',
  [UNIT]: 'unit',
  [WANTED]: 'unit',
};
const CLASSIC = { ...COMMON, [HOOKED]: '#!/bin/sh', 'var/lib/dracut/hooks/cmdline/01-parse-kernel.sh': '' };

const BUSYBOX = {
  ...COMMON,
  init_functions: '',
  'hooks/macveil': '#!ash',
  'hooks/udev': '',
  config: 'MODULES=""\nEARLYHOOKS="macveil udev"\nHOOKS="udev"\n',
};

const whatIsWrong = (initrd: Record<string, string | null>) =>
  initrdFileFindings(fakeTree(ROOT), fakeTree(initrd), []).map(({ kind, what }) => `${kind}: ${what}`);

const without = (files: Record<string, string>, path: string) =>
  Object.fromEntries(Object.entries(files).filter(([name]) => name !== path));

test('an initrd of mkinitcpio with busybox starts the hook by an early hook, one with systemd by its unit', () => {
  assert.equal(whatIsWrong(BUSYBOX), []);
  assert.equal(whatIsWrong({ ...BUSYBOX, ...SYSTEMD }), []);
});

test('an initrd with systemd starts the hook by its unit, one of dracut without systemd by a hook of its command line', () => {
  assert.equal(whatIsWrong(SYSTEMD), []);
  assert.equal(whatIsWrong(CLASSIC), []);
});

for (const [title, initrd, says] of [
  [
    'a unit that nothing wants',
    without(SYSTEMD, WANTED),
    /service is not run: none of sysinit\.target\.wants/,
  ],
  ['no unit', without(without(SYSTEMD, WANTED), UNIT), /macveil-early\.service is not in the initrd/],
  [
    'another unit',
    { ...SYSTEMD, [UNIT]: 'After=systemd-udevd.service' },
    /service in the initrd is not the root's/,
  ],
  [
    'a masked unit',
    { ...SYSTEMD, 'etc/systemd/system/macveil-early.service': null },
    /is hidden by \/etc\/systemd\/system/,
  ],
  [
    'a drop-in that changes the unit',
    {
      ...SYSTEMD,
      'etc/systemd/system/macveil-early.service.d/late.conf': '[Unit]\nAfter=systemd-udevd.service',
    },
    /macveil-early\.service is changed by what is in \/etc\/systemd\/system\/macveil-early\.service\.d/,
  ],
  [
    'a script of dracut behind one that may load drivers',
    { ...without(CLASSIC, HOOKED), [HOOKED.replace('00-', '02-')]: '#!/bin/sh' },
    /02-macveil-early\.sh is run after \/var\/lib\/dracut\/hooks\/cmdline\/01-parse-kernel\.sh/,
  ],
  ['no script of dracut', without(CLASSIC, HOOKED), /00-macveil-early\.sh is not in the initrd/],
  [
    'a script that may not be run',
    { ...CLASSIC, [HOOKED]: 'echo' },
    /macveil-early\.sh in the initrd is not/,
  ],
  ['no early hook of mkinitcpio', without(BUSYBOX, 'hooks/macveil'), /\/hooks\/macveil is not in the initrd/],
  [
    'an early hook that mkinitcpio does not run',
    { ...BUSYBOX, config: 'EARLYHOOKS="udev"\nHOOKS="macveil"' },
    /\/hooks\/macveil is not run/,
  ],
  [
    'an early hook after that of udev',
    { ...BUSYBOX, config: 'EARLYHOOKS="udev macveil"' },
    /\/hooks\/macveil is run after udev/,
  ],
  ['none of these', COMMON, /init-top\/macveil is not in the initrd/],
] as const) {
  test(`a finding: ${title}`, () => {
    const findings = whatIsWrong(initrd);
    assert.ok(findings.every((text) => text.startsWith('initrd-hook: ')));
    assert.match(findings.join('\n'), says);
  });
}

test.run();
