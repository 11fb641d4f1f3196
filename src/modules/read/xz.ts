import { runTool, type Tool } from './tool.ts';

/** The memory an .xz file may ask for: kernel modules are made with at most 8 MiB of dictionary, hostile ones ask for 4 GiB. */
const MEMORY_LIMIT = '--memlimit-decompress=256MiB';
/** Field of a `file` line of `xz --robot --list` (xz(1), "Robot mode"). */
const UNPACKED_SIZE = 4;

/** xz: its index at the end of each file holds the unpacked size. */
export const XZ: Tool = {
  program: 'xz',
  package: 'xz-utils',
  unpack: ['--decompress', '--stdout', '--quiet', MEMORY_LIMIT, '--'],
  sizes: async (files) => {
    const { stdout } = await runTool({ program: 'xz', package: 'xz-utils' }, [
      '--robot',
      '--list',
      '--',
      ...files,
    ]);
    const sizes = parseList(stdout.toString());
    return files.map((file) => sizes.get(file) ?? null);
  },
};

/** Unpacked sizes by file from `xz --robot --list`; files it could not read have no lines there. */
export function parseList(text: string): Map<string, number> {
  const sizes = new Map<string, number>();
  let name = '';
  for (const line of text.split('\n')) {
    const fields = line.split('\t');
    if (fields[0] === 'name') name = fields[1] ?? '';
    if (fields[0] === 'file') sizes.set(name, Number(fields[UNPACKED_SIZE]));
  }
  return sizes;
}
