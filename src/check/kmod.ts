import { readFileSync } from 'node:fs';
import process from 'node:process';
import { execa } from 'execa';
import { CliError, EXIT } from '../cli/errors.ts';
import { imageCommand } from './image-kmod.ts';

/** One libkmod that can be asked. */
export interface Kmod {
  /** For people: version and whose it is. */
  label: string;
  version: string;
  /** The program with its first arguments, to run as modprobe. */
  command: string[];
}

/**
 * Options that users set for their own modprobe must not change what is asked here. Left out, not empty: kmod 34.2 with an
 * empty one and an odd number of arguments writes past its own copy of them (measured). PATH of users may lack /sbin.
 */
export const KMOD_ENVIRONMENT = {
  MODPROBE_OPTIONS: undefined,
  LC_ALL: 'C',
  PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin`,
};

const VERSION = /^kmod version (\S+)/;
/** The only word of a command line by which libkmod keeps a module from loading (kernel-command-line(7)). */
const HIDES_MODULES = /modprobe\.blacklist=/;
/** Hides this host's command line from modprobe, which reads it in any case (measured with kmod 30 and 34). */
const WITHOUT_CMDLINE = [
  ...['unshare', '--mount', '--propagation', 'private', 'sh', '-c'],
  'mount --bind /dev/null /proc/cmdline && exec "$@"',
  'sh',
];

/** Every kmod that can be asked here: the image's own where it runs on this machine, and this host's; throws when there is none. */
export async function findKmods(root: string, scratch: string): Promise<Kmod[]> {
  const own = imageCommand(root, scratch);
  const wrapper = hidesModules(readFileSync('/proc/cmdline', 'latin1')) ? WITHOUT_CMDLINE : [];
  const found = [
    own === null ? null : await probe([...wrapper, ...own], "the image's own"),
    await probe([...wrapper, 'modprobe'], "this host's"),
  ].filter((kmod) => kmod !== null);
  if (found.length > 0) return found;
  throw new CliError(
    EXIT.tool,
    wrapper.length > 0
      ? "modprobe.blacklist= on this host's own command line hides modules, and cannot be set aside (unshare)"
      : "modprobe of kmod is needed to try the image's modules and is not installed",
    wrapper.length > 0
      ? 'run the command as root (sudo), or on another machine'
      : 'install it, on Debian with: apt-get install kmod',
  );
}

/** Whether a kernel command line would make modprobe pass over modules. */
export function hidesModules(cmdline: string): boolean {
  return HIDES_MODULES.test(cmdline);
}

// busybox has a modprobe too, and one built for another machine does not run: only an answer counts.
async function probe(command: string[], whose: string): Promise<Kmod | null> {
  const [program = '', ...start] = command;
  const { stdout } = await execa(program, [...start, '--version'], {
    env: KMOD_ENVIRONMENT,
    reject: false,
    stdin: 'ignore',
  });
  const version = VERSION.exec(stdout ?? '')?.[1];
  return version === undefined ? null : { label: `kmod ${version} (${whose})`, version, command };
}
