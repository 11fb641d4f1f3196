import { equal, ok, refused } from './assert.ts';
import type { Case } from './case.ts';
import { WORLD } from './world.ts';

const { directory, full } = WORLD;
const TOO_MUCH = 'x'.repeat(100_000);

/** Files, directories and links. */
export const fileCases: Case[] = [
  {
    title: 'a written file reads back as it was written',
    run(system) {
      system.writeFile(`${directory}/text`, 'one\ntwo \u00e4\u20ac\u{1f600}\n');
      equal(system.readFile(`${directory}/text`), 'one\ntwo \u00e4\u20ac\u{1f600}\n', 'text');
    },
  },
  {
    title: 'writing replaces the old text and leaves no other file behind',
    run(system) {
      system.makeDirectory(`${directory}/replace`);
      system.writeFile(`${directory}/replace/file`, 'a longer old text');
      system.writeFile(`${directory}/replace/file`, 'new');
      equal(system.readFile(`${directory}/replace/file`), 'new', 'text');
      equal(system.listDirectory(`${directory}/replace`), ['file'], 'directory');
    },
  },
  {
    title: 'a write that meets a full disk keeps the old text and leaves no half file',
    run(system) {
      refused('ENOSPC', () => system.writeFile(`${full}/kept`, TOO_MUCH));
      equal(system.readFile(`${full}/kept`), 'old', 'text');
      equal(system.listDirectory(full), ['kept'], 'directory');
    },
  },
  {
    title: 'a new file that meets a full disk does not appear at all',
    run(system) {
      refused('ENOSPC', () => system.writeFile(`${full}/fresh`, TOO_MUCH));
      ok(!system.exists(`${full}/fresh`), 'a half file is there');
    },
  },
  {
    title: 'writing into a directory that is missing is ENOENT',
    run: (system) => refused('ENOENT', () => system.writeFile(`${directory}/missing/file`, 'text')),
  },
  {
    title: 'reading a file that is missing is ENOENT',
    run: (system) => refused('ENOENT', () => system.readFile(`${directory}/missing`)),
  },
  {
    title: 'reading a directory is EISDIR',
    run: (system) => refused('EISDIR', () => system.readFile(directory)),
  },
  {
    title: 'a file of /proc, whose size is given as 0, is read to its end',
    run: (system) => ok(system.readFile('/proc/cmdline').endsWith('\n'), 'no text'),
  },
  {
    title: 'an attribute takes a value',
    run(system) {
      system.writeAttribute(WORLD.attribute, '65');
      equal(system.readFile(WORLD.attribute), '65\n', 'value');
    },
  },
  {
    title: 'a value that the kernel refuses is EINVAL',
    run: (system) => refused('EINVAL', () => system.writeAttribute(WORLD.attribute, '999')),
  },
  {
    title: 'an attribute that is missing is ENOENT and is not created',
    run(system) {
      refused('ENOENT', () => system.writeAttribute(`${directory}/attribute`, '1'));
      ok(!system.exists(`${directory}/attribute`), 'a file was created');
    },
  },
  {
    title: 'a directory is made with its parents, and making it again is fine',
    run(system) {
      system.makeDirectory(`${directory}/a/b/c`);
      system.makeDirectory(`${directory}/a/b/c`);
      equal(system.listDirectory(`${directory}/a/b`), ['c'], 'directory');
    },
  },
  {
    title: 'a directory below a file is ENOTDIR',
    run(system) {
      system.writeFile(`${directory}/no-directory`, '');
      refused('ENOTDIR', () => system.makeDirectory(`${directory}/no-directory/below`));
    },
  },
  {
    title: 'names of a directory come sorted, hidden ones too',
    run(system) {
      system.makeDirectory(`${directory}/list`);
      for (const name of ['b', '.hidden', 'a', 'B']) system.writeFile(`${directory}/list/${name}`, '');
      equal(system.listDirectory(`${directory}/list`), ['.hidden', 'B', 'a', 'b'], 'names');
    },
  },
  {
    title: 'listing a directory that is missing is ENOENT',
    run: (system) => refused('ENOENT', () => system.listDirectory(`${directory}/missing`)),
  },
  {
    title: 'a removed file is gone, and removing it again is fine',
    run(system) {
      system.writeFile(`${directory}/removed`, '');
      system.removeFile(`${directory}/removed`);
      system.removeFile(`${directory}/removed`);
      ok(!system.exists(`${directory}/removed`), 'still there');
    },
  },
  {
    title: 'the checksum of a file is its CRC-32, with leading zeros',
    run(system) {
      system.writeFile(`${directory}/sum`, '123456789');
      equal(system.checksum(`${directory}/sum`), 'cbf43926', 'check value of CRC-32');
      system.writeFile(`${directory}/sum`, '');
      equal(system.checksum(`${directory}/sum`), '00000000', 'of nothing');
      system.writeFile(`${directory}/sum`, 'macveil '.repeat(10_000));
      equal(system.checksum(`${directory}/sum`), '0dc41512', 'of what is read in two pieces');
    },
  },
  {
    title: 'the checksum of a file that is missing is ENOENT',
    run: (system) => refused('ENOENT', () => system.checksum(`${directory}/missing`)),
  },
  {
    title: 'a link gives its target as it is stored, even when it leads nowhere',
    run: (system) => equal(system.readLink(WORLD.danglingLink), 'nowhere/at-all', 'target'),
  },
  {
    title: 'reading a link that is a file is EINVAL',
    run(system) {
      system.writeFile(`${directory}/no-link`, '');
      refused('EINVAL', () => system.readLink(`${directory}/no-link`));
    },
  },
  {
    title: 'whether something exists is asked behind links',
    run(system) {
      ok(system.exists(WORLD.directoryLink), 'a link to a directory');
      ok(system.exists(`${WORLD.directoryLink}/contract`), 'a path through a link');
      ok(!system.exists(WORLD.danglingLink), 'a link that leads nowhere');
    },
  },
];
