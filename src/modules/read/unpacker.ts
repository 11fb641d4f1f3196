import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, ftruncateSync, readSync } from 'node:fs';
import process from 'node:process';
import { CliError, EXIT } from '../../cli/errors.ts';
import type { Packing } from './packing.ts';
import { openScratch } from './scratch.ts';
import { type Ending, Shell } from './shell.ts';

/** Options users set for their own work (memory limits, threads) must not change what is read here. */
const ENVIRONMENT = { LC_ALL: 'C', XZ_OPT: '', XZ_DEFAULTS: '', ZSTD_CLEVEL: '', ZSTD_NBTHREADS: '' };
/** The output file's place among the shell's open files; to open it anew begins at its start (proc(5), /proc/PID/fd). */
const OUTPUT = '/dev/fd/3';
/** POSIX counts file sizes in these blocks (ulimit). */
const BLOCK = 512;
/** What a shell ends with when there is no such program (POSIX, 2.8.2). */
const NOT_FOUND = 127;

/**
 * Unpacks files, as many at a time as it is given, one after the other into one file without a name. Into a file and
 * not a pipe: nobody waits for the other side, and only the parts of a module that matter are ever read back. The
 * file's pages are written over each time, because to get new ones costs as much as to write them.
 */
export class Unpacker {
  /** What was unpacked last, from its start. */
  readonly fd = openScratch();
  readonly #packing: Packing;
  readonly #shell = new Shell({ ...process.env, ...ENVIRONMENT }, this.fd);
  readonly #secret = randomUUID();
  #runs = 0;

  constructor(packing: Packing) {
    this.#packing = packing;
  }

  /** True when the files are unpacked and have exactly the size they promised, all together. */
  async unpack(files: string[], total: number): Promise<boolean> {
    const { status } = await this.#run(files, total);
    return status === 0 && this.#endsAt(total);
  }

  /** The size of one unpacked file, or why it has none; `limit` is the size of one that is larger. */
  async unpackOne(file: string, limit: number): Promise<{ size: number } | { complaint: string }> {
    this.clear();
    const { status, said } = await this.#run([file], limit);
    const written = fstatSync(this.fd).size;
    if (status === 0 && this.#endsAt(written - this.#mark.length))
      return { size: written - this.#mark.length };
    return written >= limit ? { size: limit } : { complaint: said.trim().split('\n').at(-1) ?? '' };
  }

  /** Gives the memory of what was unpacked back. */
  clear(): void {
    ftruncateSync(this.fd);
  }

  close(): void {
    this.#shell.close();
    closeSync(this.fd);
  }

  async #run(files: string[], limit: number): Promise<Ending> {
    this.#runs++;
    const ending = await this.#shell.run(this.#script(files, limit));
    if (ending.status === NOT_FOUND) throw missing(this.#packing);
    if (ending.said.includes('No space left')) throw noRoom();
    return ending;
  }

  /** A file that lies about its size must not fill the memory: the kernel ends whoever writes more than the limit. */
  #script(files: string[], limit: number): string {
    const { program, unpack } = this.#packing;
    const blocks = Math.ceil((limit + this.#mark.length) / BLOCK);
    const command = [program, ...unpack, ...files].map(quote).join(' ');
    return `ulimit -c 0; ulimit -f ${blocks}; exec 0</dev/null 2>&1 1<>${OUTPUT}; ${command} && printf %s ${this.#mark}`;
  }

  /** Stands behind what was unpacked, so that nothing is taken for it that an earlier run left. */
  get #mark(): string {
    return `${this.#secret}-${this.#runs}`;
  }

  #endsAt(at: number): boolean {
    const { length } = this.#mark;
    const found = Buffer.alloc(length);
    return at >= 0 && readSync(this.fd, found, 0, length, at) === length && found.toString() === this.#mark;
  }
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function missing({ program, package: name }: Packing): CliError {
  const what = `${program} is needed to read this kernel's modules and is not installed`;
  return new CliError(EXIT.tool, what, `install it, on Debian with: apt-get install ${name}`);
}

function noRoom(): CliError {
  const what = 'no space left to unpack modules in the folder for temporary files';
  return new CliError(EXIT.io, what, 'make room there, or name another folder with TMPDIR');
}
