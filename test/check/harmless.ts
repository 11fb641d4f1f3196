import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { BLOCKLIST } from '../../src/paths.ts';
import { writeFiles } from '../install/fixture.ts';
import { splitLib } from './change-image.ts';
import { CONF } from './faults.ts';
import type { Opening } from './openings.ts';

/** What is allowed: no finding may come of it. */
export const HARMLESS: Pick<Opening, 'title' | 'change'>[] = [
  {
    title: 'wildcards that fit every name',
    change: ({ root }) => writeFiles(root, { [CONF]: 'alias * plain\ninstall * /bin/false\nblacklist *\n' }),
  },
  {
    title: 'a wildcard alias that fits nothing of interest',
    change: ({ root }) => writeFiles(root, { [CONF]: 'alias mac* plain\n' }),
  },
  {
    title: 'a link to /dev/null that hides a file of configuration',
    change: ({ root }) => {
      mkdirSync(join(root, 'etc/modprobe.d'), { recursive: true });
      symlinkSync('/dev/null', join(root, CONF));
    },
  },
  {
    title: 'a command for a blocked module that the list comes before',
    change: ({ root }) =>
      writeFiles(root, {
        'etc/modprobe.d/zz.conf': 'install e1000 /sbin/modprobe --ignore-install e1000 && /bin/set-up\n',
      }),
  },
  {
    title: 'a list that an older kmod reads from a second place',
    change: ({ root }) => {
      splitLib(root);
      writeFiles(root, { 'usr/sbin/modprobe': '\x7fELF kmod version 30' });
      mkdirSync(join(root, 'lib/modprobe.d'));
      execFileSync('cp', [join(root, BLOCKLIST), join(root, 'lib/modprobe.d')]);
    },
  },
  {
    title: 'a newer kmod where /lib is a folder of its own',
    change: ({ root }) => {
      splitLib(root);
      writeFiles(root, { 'usr/sbin/modprobe': '\x7fELF kmod version 34.2\0/usr/lib/modprobe.d\0' });
    },
  },
];
