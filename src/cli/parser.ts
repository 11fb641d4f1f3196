import process from 'node:process';
import yargs, { type Argv } from 'yargs';
import packageJson from '../../package.json' with { type: 'json' };
import { CliError } from './errors.ts';
import { throwValueErrors } from './options.ts';
import { checkFlags, refuseLeftovers, usageError } from './usage.ts';

/** Longest line of the help: wider ones are hard to read, whatever the terminal. */
const HELP_WIDTH = 100;

/** Every command, loaded only when it is called or listed: none waits for what the others import. */
const COMMANDS: Record<string, (parser: Argv) => Promise<Argv>> = {
  blocklist: async (parser) => parser.command((await import('./blocklist.ts')).blocklistCommand),
  compile: async (parser) => parser.command((await import('./compile.ts')).compileCommand),
  install: async (parser) => parser.command((await import('./install.ts')).installCommand),
  uninstall: async (parser) => parser.command((await import('./uninstall.ts')).uninstallCommand),
  menu: async (parser) => parser.command((await import('./menu.ts')).menuCommand),
  check: async (parser) => parser.command((await import('./check.ts')).checkCommand),
  'live-build': async (parser) => parser.command((await import('./live-build.ts')).liveBuildCommand),
  prove: async (parser) => parser.command((await import('./prove.ts')).proveCommand),
};
const COMMAND_NAMES = Object.keys(COMMANDS);

const EPILOGUE = [
  'Exit codes: 0 done; 1 done, but what was looked at is not right; 2 wrong arguments; 3 what was named is missing or unfit; ' +
    '4 a needed program is missing or failed; 5 reading or writing failed; 70 a defect in macveil.',
  'Each command explains itself: macveil COMMAND --help',
].join('\n\n');

/** The whole command line: every command, and the rules all of them share. */
export async function createParser(args: string[]): Promise<Argv> {
  refuseLeftovers(args);
  const parser = yargs(args)
    .scriptName('macveil')
    .usage('$0 keeps the real MAC addresses of a computer off the wire from the start of a Linux boot.\n')
    .usage('Usage: $0 COMMAND [OPTIONS]');
  return withRules(withWords(await addCommands(parser, args)), args);
}

async function addCommands(parser: Argv, [name = '']: string[]): Promise<Argv> {
  const one = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (one !== undefined) return one(parser);
  let all = parser;
  for (const add of Object.values(COMMANDS)) all = await add(all);
  return all;
}

function withWords(parser: Argv): Argv {
  return parser
    .demandCommand(1, 'no command is given')
    .example('$0 compile', 'Build the boot-side program')
    .example('$0 install --root chroot', 'Put macveil into a live image before it is packed')
    .example('$0 check --root chroot', 'Prove that no blocked module can load')
    .example('$0 prove --image live.iso', 'Boot the image and search every frame for a real address')
    .epilogue(EPILOGUE);
}

function withRules(parser: Argv, args: string[]): Argv {
  return (
    parser
      .strict()
      // An option that begins with `no-` is named so: yargs would take `--no-dry-run` for one that nobody offers. And
      // `--strict.x` it would take for `--strict`, and lose it.
      .parserConfiguration({ 'boolean-negation': false, 'dot-notation': false })
      .recommendCommands()
      .version(packageJson.version)
      .help()
      .alias('help', 'h')
      .wrap(Math.min(HELP_WIDTH, process.stdout.columns ?? HELP_WIDTH))
      .detectLocale(false)
      .exitProcess(false)
      .check((parsed) => {
        throwValueErrors(parsed);
        checkFlags(args, parsed);
        return true;
      })
      .fail((message, error) => {
        if (error instanceof CliError || !message) throw error;
        throw usageError(message, args, COMMAND_NAMES);
      })
  );
}
