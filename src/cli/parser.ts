import process from 'node:process';
import yargs, { type Argv } from 'yargs';
import packageJson from '../../package.json' with { type: 'json' };
import { blocklistCommand } from './blocklist.ts';
import { compileCommand } from './compile.ts';
import { installCommand } from './install.ts';
import { proveCommand } from './prove.ts';
import { uninstallCommand } from './uninstall.ts';
import { checkFlags, usageError } from './usage.ts';

/** Longest line of the help: wider ones are hard to read, whatever the terminal. */
const HELP_WIDTH = 100;

const COMMAND_NAMES = ['blocklist', 'compile', 'install', 'uninstall', 'prove'];

const EPILOGUE = [
  'Exit codes: 0 done; 1 done, but what was looked at is not right; 2 wrong arguments; 3 what was named is missing or unfit; ' +
    '4 a needed program is missing or failed; 5 reading or writing failed; 70 a defect in macveil.',
  'Each command explains itself: macveil COMMAND --help',
].join('\n\n');

/** The whole command line: every command, and the rules all of them share. */
export function createParser(args: string[]): Argv {
  const parser = yargs(args)
    .scriptName('macveil')
    .usage('$0 keeps the real MAC addresses of a computer off the wire from the start of a Linux boot.\n')
    .usage('Usage: $0 COMMAND [OPTIONS]');
  return withRules(withCommands(parser), args);
}

function withCommands(parser: Argv): Argv {
  return parser
    .command(blocklistCommand)
    .command(compileCommand)
    .command(installCommand)
    .command(uninstallCommand)
    .command(proveCommand)
    .demandCommand(1, 'no command is given')
    .example('$0 compile', 'Build the boot-side program')
    .example('$0 install --root chroot', 'Put macveil into a live image before it is packed')
    .example('$0 prove --image live.iso', 'Boot the image and search every frame for a real address')
    .epilogue(EPILOGUE);
}

function withRules(parser: Argv, args: string[]): Argv {
  return parser
    .strict()
    .recommendCommands()
    .version(packageJson.version)
    .help()
    .alias('help', 'h')
    .wrap(Math.min(HELP_WIDTH, process.stdout.columns ?? HELP_WIDTH))
    .detectLocale(false)
    .exitProcess(false)
    .check((parsed) => checkFlags(args, parsed))
    .fail((message, error) => {
      throw message ? usageError(message, args, COMMAND_NAMES) : error;
    });
}
