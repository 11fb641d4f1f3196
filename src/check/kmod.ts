import { readFileSync } from 'node:fs';
import { CliError, EXIT } from '../cli/errors.ts';
import { imageCommand, strangeLibraries } from './image-kmod.ts';
import { type RunLimits, runLimited } from './run-limited.ts';

/** One libkmod that can be asked. */
export interface Kmod {
  /** For people: its version and whose it is. */
  label: string;
  /** Whether it is the image's. */
  own: boolean;
  /** The program with its first arguments, to run as modprobe. */
  command: string[];
}

/** For what prints a version or a few lines. */
const SHORT: RunLimits = { milliseconds: 10_000, bytes: 2 ** 20 };
const DOES_NOT_RUN = 'it does not run on this machine';
const VERSION = /^kmod version (\S+)/;
/** The only word of a command line by which libkmod keeps a module from loading (kernel-command-line(7)). */
const HIDES_MODULES = /modprobe\.blacklist=/;
/** Hides this host's command line from modprobe, which reads it in any case (measured with kmod 30 and 34). */
const WITHOUT_CMDLINE = [
  ...['unshare', '--mount', '--propagation', 'private', 'sh', '-c'],
  'mount --bind /dev/null /proc/cmdline && exec "$@"',
  'sh',
];

/** The kmods that can be asked, and in words why the image's own is none of them; '' when it is. */
export interface Kmods {
  kmods: Kmod[];
  notAsked: string;
}

/** Every kmod that can be asked here: the image's own, unless `hostOnly`, and this host's; throws when there is none. */
export async function findKmods(root: string, scratch: string, hostOnly: boolean): Promise<Kmods> {
  const wrapper = hidesModules(readFileSync('/proc/cmdline', 'latin1')) ? WITHOUT_CMDLINE : [];
  const own = hostOnly ? "only this host's was to be asked" : await probeImage(root, scratch, wrapper);
  const host = await probe([...wrapper, 'modprobe'], false);
  const notAsked = typeof own === 'string' ? own : '';
  const kmods = [own, host].filter((kmod) => kmod !== null && typeof kmod !== 'string');
  if (kmods.length > 0) return { kmods, notAsked };
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

async function probeImage(root: string, scratch: string, wrapper: string[]): Promise<Kmod | string> {
  const own = imageCommand(root, scratch);
  if (typeof own === 'string') return own;
  const { loader, program, folder } = own;
  const { stdout, exitCode, timedOut } = await runLimited([...loader, '--list', program], SHORT);
  if (timedOut) return 'its program loader does not end';
  if (exitCode !== 0) return DOES_NOT_RUN;
  const strange = strangeLibraries(stdout, folder);
  if (strange.length > 0) return `libraries that it needs are not in the image (${strange.join(', ')})`;
  return (await probe([...wrapper, ...loader, program], true)) ?? DOES_NOT_RUN;
}

// busybox has a modprobe too, and one built for another machine does not run: only an answer counts.
async function probe(command: string[], own: boolean): Promise<Kmod | null> {
  const { stdout } = await runLimited([...command, '--version'], SHORT);
  const version = VERSION.exec(stdout)?.[1];
  const label = `kmod ${version} (${own ? "the image's own" : "this host's"})`;
  return version === undefined ? null : { label, own, command };
}
