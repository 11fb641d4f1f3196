import { rmSync } from 'node:fs';
import { execa } from 'execa';
import { run } from './run.mjs';

/** What a root may be found by: root=LABEL=... */
export const ROOT_LABEL = 'MACVEIL_ROOT';
/** Room for the file system's own tables, and for what a boot writes. */
const SPARE_MIB = 256;

/** Makes a file system (ext4) of a root, as a disk without partitions. */
export async function makeDisk(root, file) {
  const { stdout } = await execa('du', ['--block-size=1M', '--summarize', root]);
  const size = `${Number.parseInt(stdout, 10) + SPARE_MIB}M`;
  rmSync(file, { force: true });
  await run('mke2fs', ['-q', '-t', 'ext4', '-L', ROOT_LABEL, '-d', root, file, size]);
}
