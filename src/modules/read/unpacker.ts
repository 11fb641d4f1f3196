import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, ftruncateSync, readSync } from 'node:fs';
import process from 'node:process';
import { CliError, EXIT } from '../../cli/errors.ts';
import type { Packing } from './packing.ts';
import { openScratch } from './scratch.ts';

/** How one run of the tool ended; `complaint` is the last line it said. */
interface Ending {
  status: number;
  complaint: string;
}

/** Options users set for their own work (memory limits, threads) must not change what is read here. */
const ENVIRONMENT = { LC_ALL: 'C', XZ_OPT: '', XZ_DEFAULTS: '', ZSTD_CLEVEL: '', ZSTD_NBTHREADS: '' };
const SHELL = '/bin/sh';
/** The output file's place among the shell's open files. */
const OUTPUT = '/dev/fd/3';
/** POSIX counts file sizes in these blocks (ulimit). */
const BLOCK = 512;
/** What a shell ends with when there is no such program (POSIX, 2.8.2). */
const NOT_FOUND = 127;
const MAX_COMPLAINT = 4096;

/**
 * Unpacks files, as many at a time as it is given, one after the other into one file without a name. Into a file and
 * not a pipe: nobody waits for the other side, and only the parts of a module that matter are ever read back. One
 * shell starts the tool each time, because a copy of this whole process costs ten times as much; the file's pages
 * stay and are written over, because to get new ones costs as much as to write them.
 */
export class Unpacker {
  readonly fd = openScratch();
  readonly #packing: Packing;
  readonly #shell: ChildProcess;
  /** Ends what was unpacked, so that nothing is taken for it that an earlier run left. */
  readonly #mark = randomUUID();
  #runs = 0;
  #said = '';
  #onSaid = () => {};

  constructor(packing: Packing) {
    this.#packing = packing;
    const env = { ...process.env, ...ENVIRONMENT };
    this.#shell = spawn(SHELL, ['-s'], { env, stdio: ['pipe', 'pipe', 'ignore', this.fd] });
    this.#shell.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#said += text;
      this.#onSaid();
    });
    // A shell that is gone is noticed by its end.
    this.#shell.stdin?.on('error', () => {});
  }

  /** True when the files are unpacked and have exactly the size they promised, all together. */
  async unpack(files: string[], total: number): Promise<boolean> {
    const { status } = await this.#run(files, total);
    return status === 0 && this.#hasMarkAt(total);
  }

  /** The size of one unpacked file, or why it has none. */
  async unpackOne(file: string, limit: number): Promise<{ size: number } | { complaint: string }> {
    ftruncateSync(this.fd);
    const { status, complaint } = await this.#run([file], limit);
    const size = fstatSync(this.fd).size - this.#lastMark().length;
    if (status === 0 && this.#hasMarkAt(size)) return { size };
    return fstatSync(this.fd).size >= limit ? { size: limit } : { complaint };
  }

  /** Ends the shell and gives the file's memory back. */
  close(): void {
    this.#shell.stdin?.end();
    closeSync(this.fd);
  }

  async #run(files: string[], limit: number): Promise<Ending> {
    this.#runs++;
    this.#said = '';
    const ending = this.#ending();
    this.#shell.stdin?.write(this.#script(files, limit));
    const { status, complaint } = await ending;
    if (status === NOT_FOUND) throw missing(this.#packing);
    if (complaint.includes('No space left')) throw noRoom();
    return { status, complaint };
  }

  /** A file that lies about its size must not fill the memory: the kernel ends whoever writes more than the limit. */
  #script(files: string[], limit: number): string {
    const { program, unpack } = this.#packing;
    const blocks = Math.ceil((limit + this.#lastMark().length) / BLOCK);
    const command = [program, ...unpack, ...files].map(quote).join(' ');
    const guarded = `ulimit -c 0; ulimit -f ${blocks}; exec 0</dev/null 2>&1 1<>${OUTPUT}`;
    return `(${guarded}; ${command} && printf %s ${this.#lastMark()}); echo "\n${this.#lastMark()} $?"\n`;
  }

  #ending(): Promise<Ending> {
    const end = new RegExp(`([^]*)\n${this.#lastMark()} (\\d+)\n$`);
    return new Promise((resolve, reject) => {
      this.#onSaid = () => {
        const [, said, status] = end.exec(this.#said.slice(-MAX_COMPLAINT)) ?? [];
        if (said !== undefined)
          resolve({ status: Number(status), complaint: said.trim().split('\n').at(-1) ?? '' });
      };
      this.#shell.once('error', reject).once('close', () => reject(shellEnded()));
    });
  }

  #hasMarkAt(at: number): boolean {
    const mark = this.#lastMark();
    const found = Buffer.alloc(mark.length);
    return readSync(this.fd, found, 0, mark.length, at) === mark.length && found.toString() === mark;
  }

  #lastMark(): string {
    return `${this.#mark}-${this.#runs}`;
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

function shellEnded(): CliError {
  return new CliError(EXIT.tool, `${SHELL} ended while it unpacked modules`, 'try again');
}
