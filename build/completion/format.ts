import { createParser } from '../../src/cli/parser.ts';
import { DECISIONS } from '../../src/core/decision.ts';
import { HOOK_POLICY_VALUES } from '../../src/core/hook-policy.ts';
import { LOADERS } from '../../src/menu/find.ts';
import { LANGUAGES } from '../../src/menu/titles.ts';
import { ALL_NIC_MODELS } from '../../src/prove/nics.ts';
import TEMPLATE from './template.sh';

/** Values that are one of a few words; some are checked when they are read, so that the parser itself cannot list them. */
const CHOICES: Record<string, readonly string[]> = {
  '--decision': DECISIONS,
  '--guard': HOOK_POLICY_VALUES.guard,
  '--language': Object.keys(LANGUAGES),
  '--loader': LOADERS,
  '--mute': HOOK_POLICY_VALUES.mute,
};
const FOLDERS = ['--evidence', '--root', '--tree'];

/** An option of a command, as its help shows it. */
export interface HelpOption {
  name: string;
  takesValue: boolean;
}

/** The bash completion of the whole command line. */
export async function formatCompletion(): Promise<string> {
  const commands = commandsIn(await helpOf());
  const options = new Map<string, HelpOption[]>();
  for (const command of commands) options.set(command, optionsIn(await helpOf(command)));
  const all = [...options.values()].flat();
  const unknown = [...Object.keys(CHOICES), ...FOLDERS, '--nics'].filter(
    (name) => !all.some((option) => option.name === name),
  );
  if (unknown.length > 0) throw new Error(`no command has ${unknown.join(', ')}`);
  return fill({
    COMMANDS: commands.join(' '),
    NICS: ALL_NIC_MODELS.map(({ name }) => name).join(' '),
    FOLDERS: FOLDERS.join(' | '),
    CHOICES: cases(Object.entries(CHOICES).map(([name, words]) => [name, words])),
    FREE: freeNames(all).join(' | '),
    OPTIONS: cases([...options].map(([name, list]) => [name, list.map((option) => option.name)])),
  });
}

/** The options that a command's help lists; throws for one whose type it does not say. */
export function optionsIn(help: string): HelpOption[] {
  const [, list = ''] = help.split('\nOptions:\n');
  const [options = ''] = list.split('\n\n');
  return options.split(/^ +(?=(?:-\w, )?--)/m).flatMap((text) => {
    const name = /--\S+/.exec(text)?.[0];
    if (name === undefined) return [];
    if (!/\[(?:boolean|string|choices: [^\]]*)\]/.test(text)) throw new Error(`${name} has no type`);
    return [{ name, takesValue: !text.includes('[boolean]') }];
  });
}

const helpOf = async (...words: string[]) => (await createParser(words)).getHelp();

function commandsIn(help: string): string[] {
  const [, list = ''] = help.split('\nCommands:\n');
  const [commands = ''] = list.split('\n\n');
  return Array.from(commands.matchAll(/^ +macveil (\S+)/gm), ([, name = '']) => name);
}

/** Options whose value is a file, or a word that only the user knows. */
function freeNames(options: HelpOption[]): string[] {
  const names = options.filter(({ takesValue }) => takesValue).map(({ name }) => name);
  const others = names.filter((name) => !(name in CHOICES) && !FOLDERS.includes(name) && name !== '--nics');
  return [...new Set(others)].sort();
}

const cases = (entries: (readonly [string, readonly string[]])[]) =>
  entries.map(([name, words]) => `    ${name}) words='${words.join(' ')}' ;;`).join('\n');

function fill(values: Record<string, string>): string {
  return TEMPLATE.replace(/ *@([A-Z]+)@/g, (mark, key: string) => {
    const value = values[key] ?? '';
    return value.includes('\n') ? value : mark.replace(`@${key}@`, value);
  });
}
