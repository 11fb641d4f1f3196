import process from 'node:process';
import { execa } from 'execa';

/**
 * Options that users set for their own modprobe must not change what is asked here. Left out, not empty: kmod 34.2 with an
 * empty one and an odd number of arguments writes past its own copy of them (measured). PATH of users may lack /sbin.
 */
const KMOD_ENVIRONMENT = {
  MODPROBE_OPTIONS: undefined,
  LC_ALL: 'C',
  // An empty entry would be the working directory.
  PATH: [process.env.PATH, '/usr/sbin:/sbin:/usr/bin:/bin'].filter(Boolean).join(':'),
};

/** How long a program may take, and how much it may print. */
export interface RunLimits {
  milliseconds: number;
  bytes: number;
}

/** What a program left behind; nothing is printed and the exit code is undefined when it could not be started. */
export interface LimitedRun {
  stdout: string;
  stderr: string;
  exitCode: number | undefined;
  timedOut: boolean;
}

/** Runs a kmod or its program loader, which may come from an image and never end; an orderly exit of ours ends it too. */
export async function runLimited(
  [program = '', ...args]: string[],
  { milliseconds, bytes }: RunLimits,
): Promise<LimitedRun> {
  const { stdout, stderr, exitCode, timedOut } = await execa(program, args, {
    env: KMOD_ENVIRONMENT,
    maxBuffer: bytes,
    // Its exit code only says that one of thousands of names was not found.
    reject: false,
    stdin: 'ignore',
    timeout: milliseconds,
    killSignal: 'SIGKILL',
  });
  return { stdout: stdout ?? '', stderr: stderr ?? '', exitCode, timedOut };
}
