import process from 'node:process';
import type { CommandModule } from 'yargs';
import type { Decision } from '../core/decision.ts';
import type { FileChange, MenuPlan } from '../menu/change.ts';
import { LOADERS, type Loader } from '../menu/find.ts';
import { LANGUAGES, type Language } from '../menu/titles.ts';
import { CliError, EXIT } from './errors.ts';
import { carryOut, diffOf, findTargets, planTarget, type Target } from './menu-files.ts';
import { readTitles } from './menu-titles.ts';
import { helpHead, listOption, oneOfWords, textOption } from './options.ts';

interface MenuArguments {
  path: string;
  loader: Loader | undefined;
  language: Language;
  titles: string | undefined;
  title: string[] | undefined;
  entry: string | undefined;
  ask: boolean;
  submenu: boolean;
  remove: boolean;
  'dry-run': boolean;
}

const HELP = {
  command: 'menu',
  describe: "Offer the decision in the boot menu: entries made from an image's own default entry",
};

const EPILOGUE = [
  "The image's own default entry stays as it is; behind it stand copies of it, with its kernel, initrd and parameters and a " +
    'macveil= word: with the own network addresses (keep), without network (offline), and with --ask one that waits. They stand ' +
    'between markers: a second run replaces them, --remove takes them out and leaves the file as it was. docs/boot-menu.md has the rest.',
  'Exit codes: 0 written, or nothing to change; 2 wrong arguments; 3 PATH is missing, or its configuration is not understood ' +
    '(file and line are named); 4 diff is missing or failed; 5 reading or writing failed (full disk, no permission).',
].join('\n\n');

const flag = (describe: string) => ({ type: 'boolean', default: false, describe }) as const;
const LANGUAGE_NAMES = Object.keys(LANGUAGES) as Language[];

/** `macveil menu`: boot entries for each decision, beside an image's own default entry. */
export const menuCommand: CommandModule<object, MenuArguments> = {
  describe: HELP.describe,
  command: 'menu <path>',
  builder: (yargs) =>
    yargs
      .usage(helpHead(HELP, 'PATH [OPTIONS]'))
      .positional('path', {
        type: 'string',
        demandOption: true,
        describe: 'A live medium, a boot partition or a root; or one configuration file',
      })
      .option('loader', {
        type: 'string',
        requiresArg: true,
        describe: `Only for this one: ${LOADERS.join(', ')} [every one found in PATH]`,
        coerce: (value: unknown) => (value === undefined ? undefined : oneOfWords('loader', LOADERS)(value)),
      })
      .option('language', {
        type: 'string',
        requiresArg: true,
        default: 'en' as Language,
        describe: `Language of the titles: ${LANGUAGE_NAMES.join(', ')}`,
        coerce: oneOfWords('language', LANGUAGE_NAMES),
      })
      .option(
        'title',
        listOption(
          'title',
          'NAME=TEXT',
          'A title of your own, as in keep="{title}, real addresses" (repeatable)',
        ),
      )
      .option('titles', textOption('titles', 'JSON file with titles of your own'))
      .option(
        'entry',
        textOption('entry', 'Which entry is copied [the default one]', 'a number, an id or a title'),
      )
      .option('ask', flag('Also offer an entry that keeps the network off until someone decides'))
      .option('submenu', flag('Put the new entries into a menu of their own'))
      .option('remove', flag('Take the entries out again'))
      .option('dry-run', flag('Show what would change as a unified diff, and change nothing'))
      .example('$0 menu binary', 'Every boot menu of a live medium')
      .example('$0 menu binary --language de --ask', 'In German, with an entry that asks')
      .example('$0 menu /boot --loader systemd-boot --dry-run', 'What would change there?')
      .epilogue(EPILOGUE),
  handler: menu,
};

function menu(args: MenuArguments): void {
  refuseContradiction(args);
  const decisions: Decision[] = args.ask ? ['keep', 'offline', 'ask'] : ['keep', 'offline'];
  const request = {
    decisions,
    titles: readTitles(args.language, args.titles, args.title),
    layout: args.submenu ? ('submenu' as const) : ('flat' as const),
    entry: args.entry ?? null,
    remove: args.remove,
  };
  const targets = findTargets(args.path, args.loader);
  const plans = targets.map((target) => planTarget(target, request));
  const changes = plans.flatMap((plan) => plan.changes).filter(({ before, after }) => before !== after);
  if (args['dry-run']) process.stdout.write(changes.map(diffOf).join(''));
  else carryOut(changes);
  report(args, targets, plans, changes);
}

// yargs' own rule would also see a --remove that nobody gave.
function refuseContradiction({ remove, title, titles, entry, ask, submenu }: MenuArguments): void {
  const given = Object.entries({
    title,
    titles,
    entry,
    ask: ask || undefined,
    submenu: submenu || undefined,
  });
  const other = given.find(([, value]) => value !== undefined)?.[0];
  if (!remove || other === undefined) return;
  throw new CliError(EXIT.usage, `--remove and --${other} contradict each other`, 'give one of them');
}

function report(args: MenuArguments, targets: Target[], plans: MenuPlan[], changes: FileChange[]): void {
  for (const note of plans.flatMap(({ notes }) => notes)) console.error(`note: ${note}`);
  if (changes.length === 0) console.log(`${args.path}: nothing to change`);
  if (changes.length === 0 || args['dry-run']) return;
  for (const { path, after } of changes) console.log(`${after === null ? 'removed' : 'wrote'} ${path}`);
  if (targets.some(({ loader }) => loader === 'grub-mkconfig'))
    console.log(
      `run update-grub there: /etc/grub.d/11_macveil, which macveil install places, makes the entries`,
    );
}
