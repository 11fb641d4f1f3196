import { constants } from 'node:os';
import process from 'node:process';
import type { CommandModule } from 'yargs';
import { checkImage } from '../check/check.ts';
import { exitCodeOf } from '../check/finding.ts';
import { formatCheck } from '../check/format.ts';
import { analyseRoot } from '../modules/enumerate.ts';
import { ioError } from './io-error.ts';
import { helpHead, listOption, rootOption } from './options.ts';
import { withModuleProgress } from './read-modules.ts';
import { StatusLine } from './status-line.ts';

interface CheckArguments {
  root: string;
  initrd: string[] | undefined;
  'host-kmod': boolean;
  json: boolean;
}

const HELP = {
  command: 'check',
  describe: 'Prove that no blocked module of an image can load before macveil lets it',
};

const initrdOption = listOption(
  'initrd',
  'a file',
  'An initrd that the image boots; may be given again [every DIR/boot/initrd.img-*]',
);
/** Signals that end the command in order: temporary files and a running kmod go with it. */
const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const EPILOGUE = [
  "Every blocked module is tried by name, by each alias and as a dependency, with the image's own modprobe configuration and kmod " +
    '(dry run: nothing is loaded), in the root and inside the initrd. That kmod is a program of the image and runs with your rights: for an image ' +
    'that you do not trust use --host-kmod. What is looked at, and what each finding means: docs/check.md.',
  'Exit codes: 0 proven; 2 wrong arguments; 3 DIR or the initrd is missing or is none; 4 kmod, xz or zstd is missing or failed; 5 reading failed. ' +
    'Findings, the lowest wins: 10 list, 11 initrd-list, 12 initrd-modprobe, 13 builtin, 14 loading, 15 preload, 16 hook, 17 initrd-hook, ' +
    '18 changed, 19 manifest, 20 index, 21 unreadable, 22 modprobe.',
].join('\n\n');

/** `macveil check`: proves an image, or says what stands against it. */
export const checkCommand: CommandModule<object, CheckArguments> = {
  ...HELP,
  builder: (yargs) =>
    yargs
      .usage(helpHead(HELP, '--root DIR [OPTIONS]'))
      .option('root', rootOption)
      .option('initrd', initrdOption)
      .option('host-kmod', {
        type: 'boolean',
        default: false,
        describe: "Run nothing of the image: ask only this host's kmod",
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print every finding as JSON' })
      .example('$0 check --root chroot', 'Root and initrds of a folder that is to be an image')
      .example('$0 check --root chroot --initrd binary/live/initrd.img', 'With the initrd of a live image')
      .epilogue(EPILOGUE),
  handler: check,
};

async function check({ root, initrd, json, 'host-kmod': hostKmod }: CheckArguments): Promise<void> {
  const status = new StatusLine(process.stderr);
  for (const signal of ENDING_SIGNALS) process.once(signal, () => stopped(status, signal));
  const result = await checkImage({
    root,
    ...(initrd === undefined ? {} : { initrds: initrd }),
    hostKmod,
    analyse: (choices) => withModuleProgress((options) => analyseRoot(root, { ...options, choices })),
    onStep: (text) => status.show(text),
  })
    .catch((error: NodeJS.ErrnoException) => {
      throw deniedReading(error);
    })
    .finally(() => status.clear());
  process.stdout.write(json ? `${JSON.stringify(result, null, 1)}\n` : formatCheck(result));
  process.exitCode = exitCodeOf(result.findings);
}

/** Nothing is written here: the usual words for a refusal would name rights to write. */
function deniedReading(error: NodeJS.ErrnoException): Error {
  const denied = error.code === 'EACCES' || error.code === 'EPERM';
  return denied && error.path !== undefined ? ioError(error, error.path) : error;
}

function stopped(status: StatusLine, signal: (typeof ENDING_SIGNALS)[number]): never {
  status.clear();
  process.exit(128 + constants.signals[signal]);
}
