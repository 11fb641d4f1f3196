import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { CliError, EXIT } from '../../cli/errors.ts';

/** How a script ended, and what it said last. */
export interface Ending {
  status: number;
  said: string;
}

const SHELL = '/bin/sh';
/** Enough for the complaint of a program, and never too much. */
const MAX_SAID = 4096;

/** A shell that runs one script after the other: it starts programs ten times as cheaply as this large process does. */
export class Shell {
  readonly #child: ChildProcess;
  /** Nobody who says something can know it: it marks the end of what is said. */
  readonly #secret = randomUUID();
  #said = '';
  #failure: CliError | null = null;
  #settle: (() => void) | null = null;

  /** `file` is open as number 3 in every script. */
  constructor(environment: NodeJS.ProcessEnv, file: number) {
    this.#child = spawn(SHELL, ['-s'], { env: environment, stdio: ['pipe', 'pipe', 'ignore', file] });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-MAX_SAID);
      this.#settle?.();
    });
    this.#child.on('error', (error) => this.#fail(error.message)).on('close', () => this.#fail('it ended'));
    // A shell that is gone is noticed by its end.
    this.#child.stdin?.on('error', () => {});
  }

  /** Runs a script, one at a time; throws when there is no shell any more. */
  run(script: string): Promise<Ending> {
    this.#said = '';
    return new Promise((resolve, reject) => {
      this.#settle = () => {
        if (this.#failure !== null) return reject(this.#failure);
        const [, said, status] = this.#end().exec(this.#said) ?? [];
        if (said !== undefined) resolve({ said, status: Number(status) });
      };
      this.#child.stdin?.write(`(${script}); echo "\n${this.#secret} $?"\n`);
      this.#settle();
    });
  }

  /** Lets it end. */
  close(): void {
    this.#child.stdin?.end();
  }

  #end(): RegExp {
    return new RegExp(`^([^]*)\n${this.#secret} (\\d+)\n$`);
  }

  #fail(why: string): void {
    this.#failure = new CliError(EXIT.tool, `${SHELL} cannot be used to unpack modules: ${why}`, 'try again');
    this.#settle?.();
  }
}
