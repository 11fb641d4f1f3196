import process from 'node:process';
import { type ChoiceSource, combineChoices } from '../config/combine.ts';
import { findConfig } from '../config/find.ts';
import type { PolicyChoices } from '../core/manifest.ts';
import { CliError, EXIT } from './errors.ts';
import { listOption, textOption } from './options.ts';

/** Arguments by which `blocklist` and `install` change macveil's policy. */
export interface PolicyArguments {
  strict: boolean;
  allow: string[] | undefined;
  block: string[] | undefined;
  class: string[] | undefined;
  'accept-builtin': string[] | undefined;
  config: string | undefined;
  'no-config': boolean;
}

/** The options themselves; docs/configuration.md explains them. */
export const policyOptions = {
  strict: {
    type: 'boolean',
    default: false,
    describe: 'Also block every module that makes interfaces without hardware: no module can make one',
  },
  allow: listOption('allow', 'MODULE', 'Let MODULE load although it would be blocked (repeatable)'),
  block: listOption('block', 'MODULE', 'Block MODULE, whatever it is (repeatable)'),
  class: listOption(
    'class',
    'NAME=block or NAME=allow',
    'NAME=block or NAME=allow: block or allow a whole class (repeatable)',
  ),
  'accept-builtin': listOption(
    'accept-builtin',
    'NAME',
    'Accept the built-in driver NAME, which cannot be blocked (repeatable)',
  ),
  config: textOption('config', 'Configuration to use [macveil.config.{ts,mts,js,mjs} of this folder]'),
  'no-config': { type: 'boolean', default: false, describe: 'Use no configuration' },
} as const;

/** The choices of the command line together with those of the configuration; the command line is weightier. */
export async function readChoices(args: PolicyArguments): Promise<PolicyChoices> {
  const typed = fromArguments(args);
  return combineChoices([...(await fromConfig(args)), typed]);
}

/** Policy options that are there, as they are typed: some commands cannot take them together with others. */
export function givenPolicyOptions(args: PolicyArguments): string[] {
  const names = Object.keys(policyOptions) as (keyof PolicyArguments)[];
  return names.filter((name) => args[name] !== undefined && args[name] !== false).map((name) => `--${name}`);
}

async function fromConfig(args: PolicyArguments): Promise<ChoiceSource[]> {
  if (args['no-config'] && args.config !== undefined)
    throw usage('--config and --no-config contradict each other', 'give one of them');
  const file = args['no-config'] ? null : (args.config ?? findConfig(process.cwd()));
  if (file === null) return [];
  // Only who has a configuration waits for what reads one.
  const { loadConfig } = await import('../config/load.ts');
  return [{ choices: await loadConfig(file), nameOf: (key) => `${key} in ${file}` }];
}

function fromArguments(args: PolicyArguments): ChoiceSource {
  const { strict, allow = [], block = [], 'accept-builtin': acceptBuiltin = [] } = args;
  const names = { strict: 'strict', allow: 'allow', block: 'block', classes: 'class' };
  const nameOf = (key: keyof PolicyChoices) =>
    key === 'acceptBuiltin' ? '--accept-builtin' : `--${names[key]}`;
  return { choices: { strict, allow, block, acceptBuiltin, classes: classesOf(args.class ?? []) }, nameOf };
}

function classesOf(values: string[]): PolicyChoices['classes'] {
  const classes = new Map<string, 'block' | 'allow'>();
  for (const value of values) {
    const [, name = '', choice] = /^([^=]+)=(block|allow)$/.exec(value) ?? [];
    if (choice !== 'block' && choice !== 'allow')
      throw usage(`--class: "${value}" is no choice`, 'write NAME=block or NAME=allow, as in media=block');
    if ((classes.get(name) ?? choice) !== choice)
      throw usage(`--class: ${name} is both blocked and allowed`, 'give one of the two');
    classes.set(name, choice);
  }
  return Object.fromEntries(classes);
}

function usage(message: string, hint: string): CliError {
  return new CliError(EXIT.usage, message, hint);
}
