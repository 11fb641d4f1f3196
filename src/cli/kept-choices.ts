import { combineChoices } from '../config/combine.ts';
import type { PolicyChoices } from '../core/manifest.ts';
import { keptPolicy } from '../install/kept-policy.ts';
import { CliError, EXIT } from './errors.ts';
import { givenPolicyOptions, type PolicyArguments } from './policy-options.ts';

/** What may stand beside `--keep-policy`: a later kernel may have a driver built in that has to be accepted. */
const BESIDE = ['--no-config', '--accept-builtin'];

/** The choices that a root was installed with; throws a CliError for other choices beside them, and for what cannot be kept. */
export function keptChoices(args: PolicyArguments & { root: string }): PolicyChoices {
  const other = givenPolicyOptions(args).find((name) => !BESIDE.includes(name));
  if (other === undefined) return checked(keptPolicy(args.root), args.root);
  const hint = 'give one of them: a policy is kept, or made anew';
  throw new CliError(EXIT.usage, `--keep-policy and ${other} contradict each other`, hint);
}

/** Kept choices with the drivers that the command line accepts in addition. */
export function addAccepted(kept: PolicyChoices, args: PolicyArguments): PolicyChoices {
  const acceptBuiltin = args['accept-builtin'] ?? [];
  const sources = [kept, { acceptBuiltin }].map((choices) => ({ choices, nameOf: String }));
  return combineChoices(sources);
}

/** A file is believed no more than the command line: it may come from another macveil, or from someone's editor. */
function checked(kept: PolicyChoices, root: string): PolicyChoices {
  const nameOf = (key: string) => `${key} in the manifest of ${root}`;
  try {
    return combineChoices([{ choices: kept, nameOf }]);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const hint = 'run macveil install without --keep-policy, with the options of the first time';
    throw new CliError(EXIT.input, error.message, hint);
  }
}
