import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FindingKind } from '../../src/check/finding.ts';
import { HOOK, INSTALLED } from '../../src/paths.ts';
import { writeFiles } from '../install/fixture.ts';
import { moveAway, replaceModprobe, splitLib } from './change-image.ts';
import { CONF } from './faults.ts';
import { KERNEL, type MadeImage } from './made-image.ts';

const ORDER = 'scripts/init-top/ORDER';

/** Something that could let a blocked module in unseen, and what must be said of it. */
export interface Opening {
  title: string;
  change: (image: MadeImage) => void;
  kinds: FindingKind[];
  what: RegExp;
}

/** Layouts and settings of an image that would have nothing tried, or something else than what boots. */
export const OPENINGS: Opening[] = [
  {
    title: "an initrd whose kernel's folder is a link",
    change: ({ inside }) => moveAway(inside, KERNEL),
    kinds: ['loading'],
    what: /^e1000 loads by name/,
  },
  {
    title: 'an initrd whose modules are behind a link',
    change: ({ inside }) => moveAway(inside, `${KERNEL}/kernel`),
    kinds: ['loading'],
    what: /^e1000 loads by name/,
  },
  {
    title: 'a softdep for every name there is',
    change: ({ root }) => writeFiles(root, { [CONF]: 'softdep * pre: plain\n' }),
    kinds: ['loading'],
    what: /^e1000 loads by name/,
  },
  {
    title: 'a modprobe in the initrd that is a script and speaks of kmod',
    change: ({ inside }) =>
      replaceModprobe(inside, '#!/bin/sh\n# like kmod version 34\nexec busybox modprobe "$@"\n'),
    kinds: ['initrd-modprobe'],
    what: /is no kmod/,
  },
  {
    title: 'a modprobe in the root that is busybox',
    change: ({ root }) => replaceModprobe(root, '\x7fELF BusyBox v1.37'),
    kinds: ['modprobe'],
    what: /modprobe in the root is busybox/,
  },
  {
    title: 'a wrapper that people find before modprobe',
    change: ({ root }) => writeFiles(root, { 'usr/local/sbin/modprobe': '#!/bin/sh\nexec insmod "$@"\n' }),
    kinds: ['modprobe'],
    what: /modprobe in the root is no kmod/,
  },
  {
    title: 'a list that an older kmod never reads, /lib being a folder of its own',
    change: ({ root }) => {
      splitLib(root);
      writeFiles(root, { 'usr/sbin/modprobe': '\x7fELF kmod version 30' });
    },
    kinds: ['list'],
    what: /^no kmod is here that reads the list in \/usr\/lib\/modprobe\.d/,
  },
  {
    title: 'a second kernel without an initrd of its own',
    change: ({ root }) => writeFiles(root, { 'usr/lib/modules/6.13.0-test/kernel/plain.ko': '' }),
    kinds: ['initrd-hook', 'changed', 'index', 'list', 'unreadable', 'builtin'],
    what: /no initrd of kernel 6\.13\.0-test was checked/,
  },
  {
    title: 'scripts of the initrd without their order',
    change: ({ inside }) => rmSync(join(inside, ORDER)),
    kinds: ['initrd-hook'],
    what: /init-top\/macveil is not run: there is no \/scripts\/init-top\/ORDER in the initrd/,
  },
  {
    title: "a line of macveil's script that is only a comment",
    change: ({ inside }) =>
      writeFiles(inside, {
        [ORDER]: '# /scripts/init-top/macveil "$@"\n/scripts/init-top/udev "$@"\n',
      }),
    kinds: ['initrd-hook'],
    what: /init-top\/macveil is not run in the initrd/,
  },
  {
    title: 'a hook in the initrd that may not be run',
    change: ({ inside }) => chmodSync(join(inside, HOOK), 0o644),
    kinds: ['initrd-hook'],
    what: /macveil-hook in the initrd may not be run/,
  },
  {
    title: 'a script in the initrd that may not be run',
    change: ({ inside }) => chmodSync(join(inside, 'scripts/init-top/macveil'), 0o644),
    kinds: ['initrd-hook'],
    what: /init-top\/macveil in the initrd may not be run/,
  },
  {
    title: 'a record of the installation that names no file',
    change: ({ root, inside }) => {
      writeFiles(root, { [INSTALLED.slice(1)]: '{"version":1,"files":[],"directories":[]}' });
      rmSync(join(inside, 'usr/lib/udev/rules.d/10-macveil.rules'));
    },
    kinds: ['initrd-hook'],
    what: /10-macveil\.rules is not in the initrd/,
  },
  {
    title: 'a record of the installation that is a folder',
    change: ({ root }) => {
      rmSync(join(root, INSTALLED));
      mkdirSync(join(root, INSTALLED));
    },
    kinds: ['hook'],
    what: /installed\.json is damaged/,
  },
  {
    title: 'a file of configuration whose name is no text',
    change: ({ root }) => {
      mkdirSync(join(root, 'etc/modprobe.d'), { recursive: true });
      const name = Buffer.concat([
        Buffer.from(join(root, 'etc/modprobe.d/00-')),
        Buffer.from([0xff]),
        Buffer.from('.conf'),
      ]);
      writeFileSync(name, 'softdep e1000 pre: plain\n');
    },
    kinds: ['unreadable'],
    what: /^\/etc\/modprobe\.d\/00-.*\.conf has a name that is no plain text/,
  },
  {
    title: 'a file in the place of a folder of configuration',
    change: ({ root }) => writeFiles(root, { 'etc/modprobe.d': 'softdep e1000 pre: plain\n' }),
    kinds: ['unreadable'],
    what: /^\/etc\/modprobe\.d is a file, and must be a folder/,
  },
  {
    title: 'a file of configuration that is a FIFO',
    change: ({ root }) => {
      mkdirSync(join(root, 'etc/modprobe.d'), { recursive: true });
      execFileSync('mkfifo', [join(root, CONF)]);
    },
    kinds: ['unreadable'],
    what: /00-other\.conf is no regular file/,
  },
];
