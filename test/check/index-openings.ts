import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFiles } from '../install/fixture.ts';
import { buildModule } from '../modules/build-module.ts';
import { OPEN } from './change-image.ts';
import { KERNEL, RELEASE, runDepmod, writeModule } from './made-image.ts';
import type { Opening } from './openings.ts';

const DEPENDENCIES = `${KERNEL}/modules.dep.bin`;
const DRIVER = buildModule({ imports: ['register_netdev'] });

/** Indexes of modprobe by which modules would be looked for in vain, or elsewhere. */
export const INDEX_OPENINGS: Opening[] = [
  {
    title: 'an index that is none',
    change: ({ root }) => writeFiles(root, { [DEPENDENCIES]: 'garbage', ...OPEN }),
    kinds: ['index'],
    what: /modules\.dep\.bin of 6\.12\.0-test is damaged/,
  },
  {
    title: 'an index that leads nowhere',
    change: ({ root }) => {
      rmSync(join(root, DEPENDENCIES));
      symlinkSync('nowhere', join(root, DEPENDENCIES));
    },
    kinds: ['index'],
    what: /modules\.dep\.bin of 6\.12\.0-test is missing/,
  },
  {
    title: 'an index that is older than a blocked module',
    change: ({ root }) => {
      const driver = join(root, KERNEL, 'kernel/drivers/net/e1000.ko');
      renameSync(driver, join(root, 'e1000.ko'));
      runDepmod(root);
      renameSync(join(root, 'e1000.ko'), driver);
      writeFiles(root, OPEN);
    },
    kinds: ['index'],
    what: /does not know modules that are there: kernel\/drivers\/net\/e1000\.ko/,
  },
  {
    title: 'an index of aliases that lacks those of a blocked module',
    change: ({ root }) => writeModule(root, 'drivers/net/e1000.ko', withAlias('pci:v00009999d*')),
    kinds: ['index'],
    what: /modules\.alias\.bin of 6\.12\.0-test does not know aliases that are there: pci:v00009999d\*/,
  },
  {
    title: 'an initrd without an index',
    change: ({ inside }) => {
      rmSync(join(inside, DEPENDENCIES));
      writeFiles(inside, OPEN);
    },
    kinds: ['index'],
    what: /modules\.dep\.bin of 6\.12\.0-test is missing/,
  },
  {
    title: 'modules outside of the folder that depmod was told of',
    change: ({ root }) => {
      const outside = join(root, 'opt/mods');
      mkdirSync(outside, { recursive: true });
      writeFileSync(join(outside, 'rogue.ko'), DRIVER);
      const text = `external * ${outside}\nsearch external updates built-in\n`;
      writeFiles(root, { 'etc/depmod.d/x.conf': text });
      const options = ['-b', root, '-C', join(root, 'etc/depmod.d'), RELEASE];
      execFileSync('depmod', options, { stdio: ['ignore', 'ignore', 'pipe'] });
    },
    kinds: ['index'],
    what: /files that are no modules of this kernel's folder, and nobody judged them: \/.*\/opt\/mods\/rogue\.ko/,
  },
  {
    title: 'a module whose name begins as those of the indexes do',
    change: ({ root }) => {
      renameSync(join(root, KERNEL, 'kernel/fs/plain.ko'), join(root, KERNEL, 'modules.plain.ko'));
      runDepmod(root);
    },
    kinds: ['changed'],
    what: /added since the installation: modules\.plain\.ko/,
  },
];

function withAlias(alias: string): Buffer {
  const aliases = [`alias=${alias}`, 'alias=pci:v00008086d0000100Esv[0-3]*'];
  return buildModule({ imports: ['register_netdev'], exports: ['e1000_share'], modinfo: aliases });
}
