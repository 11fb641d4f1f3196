import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CliError } from '../../src/cli/errors.ts';
import type { Initrd } from '../../src/initrd/initrd.ts';
import { type ReadOptions, readInitrd } from '../../src/initrd/read.ts';

/** Makes a temporary folder for the time of `use`. */
export async function withFolder<T>(use: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'macveil-initrd-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a real program; throws when it fails. */
export function run(program: string, args: string[], input: Buffer | string = '', cwd?: string): Buffer {
  const options = { input, maxBuffer: 2 ** 28, ...(cwd === undefined ? {} : { cwd }) };
  const { status, stdout, stderr, error } = spawnSync(program, args, options);
  if (error || status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error ?? stderr}`);
  return stdout;
}

/** Contents of files by path; a text that begins with `->` makes a symbolic link, one path that ends with `/` a folder. */
export type Files = Record<string, string | Buffer>;

/** An archive of some files, made by the real cpio. */
export function cpioOf(files: Files, format = 'newc'): Promise<Buffer> {
  return withFolder((folder) => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      if (path.endsWith('/')) mkdirSync(join(folder, path), { recursive: true });
      else if (content.toString().startsWith('->'))
        symlinkSync(content.toString().slice(2), join(folder, path));
      else writeFileSync(join(folder, path), content);
    }
    return archiveOf(folder, format);
  });
}

/** An archive of all below a folder, made by the real cpio. */
export function archiveOf(folder: string, format = 'newc'): Buffer {
  const names = run('find', ['.', '-print0'], '', folder);
  return run('cpio', ['--null', '--create', '--quiet', `--format=${format}`], names, folder);
}

/** Opens an initrd of these bytes, with the contents of all files. */
export function open(bytes: Buffer, options: ReadOptions = {}): Promise<Initrd> {
  return withFolder((folder) => {
    const file = join(folder, 'initrd.img');
    writeFileSync(file, bytes);
    return readInitrd(file, { keep: () => true, ...options });
  });
}

/** The error that opening these bytes ends with; undefined when it is opened. */
export function refusal(bytes: Buffer, options: ReadOptions = {}): Promise<CliError | undefined> {
  return open(bytes, options).then(
    () => undefined,
    (error) => error,
  );
}
