import { Readable } from 'node:stream';
import { execa } from 'execa';
import { CliError, EXIT } from '../cli/errors.ts';
import { ArchiveError } from './archive-error.ts';
import type { Unpacking } from './compression.ts';
import { pieces, type Source } from './source.ts';

/** A program that unpacks its standard input to its standard output. */
export interface Packer {
  program: string;
  /** Debian's package that has it. */
  package: string;
  args: string[];
}

/** Options users set for their own work (memory limits, threads) must not change what is read here. */
const PRIVATE = ['XZ_OPT', 'XZ_DEFAULTS', 'ZSTD_CLEVEL', 'ZSTD_NBTHREADS', 'BZIP', 'BZIP2', 'LZOP'];
const environment = { LC_ALL: 'C', ...Object.fromEntries(PRIVATE.map((name) => [name, undefined])) };

/** Unpacks exactly `length` bytes at `at`: a program that finds less or more there, or anything wrong, is an error. */
export function toolStream(packer: Packer, source: Source, at: number, length: number): Unpacking {
  return { bytes: run(packer, source, at, length), length: () => length };
}

async function* run(packer: Packer, source: Source, at: number, length: number): AsyncGenerator<Buffer> {
  const subprocess = execa(packer.program, packer.args, {
    input: Readable.from(pieces(source, at, at + length)),
    encoding: 'buffer',
    buffer: { stdout: false, stderr: true },
    env: environment,
    reject: false,
  });
  try {
    for await (const chunk of subprocess.stdout) yield chunk as Buffer;
    const { failed, code, stderr } = await subprocess;
    if (code === 'ENOENT') throw missing(packer);
    // Said without failing: bzip2 of bytes behind its stream.
    const said = Buffer.from(stderr).toString().trim().split('\n').at(-1) ?? '';
    if (failed || said !== '') throw new ArchiveError(`${packer.program} cannot unpack it: ${said}`, at);
  } finally {
    // Whoever listens may have had enough before the end.
    subprocess.kill('SIGKILL');
  }
}

function missing({ program, package: name }: Packer): CliError {
  const what = `${program} is needed to open this initrd and is not installed`;
  return new CliError(EXIT.tool, what, `install it, on Debian with: apt-get install ${name}`);
}
