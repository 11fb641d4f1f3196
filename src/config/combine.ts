import { CliError, EXIT } from '../cli/errors.ts';
import { NO_CHOICES, normaliseChoices, type PolicyChoices } from '../core/manifest.ts';
import { settableClasses } from '../modules/choose.ts';
import { DEFAULT_POLICY } from '../modules/policy.ts';

/** Choices from one place: the command line or a configuration. */
export interface ChoiceSource {
  choices: Partial<PolicyChoices>;
  /** What errors call one of its keys: `--allow`, or `allow in FILE`. */
  nameOf: (key: keyof PolicyChoices) => string;
}

/**
 * One set of choices from several places, the weightiest last: lists add up, strict counts wherever it stands, of two
 * verdicts on a class the later holds. Throws a CliError for an unknown class and for what contradicts itself.
 */
export function combineChoices(sources: ChoiceSource[]): PolicyChoices {
  for (const source of sources) checkClasses(source);
  refuseContradictions(sources);
  return normaliseChoices({
    strict: sources.some(({ choices }) => choices.strict === true),
    allow: joined(sources, 'allow'),
    block: joined(sources, 'block'),
    classes: Object.assign({}, ...sources.map(({ choices }) => choices.classes)),
    acceptBuiltin: joined(sources, 'acceptBuiltin'),
  });
}

type ListKey = 'allow' | 'block' | 'acceptBuiltin';

function joined(sources: ChoiceSource[], key: ListKey): string[] {
  return sources.flatMap(({ choices }) => choices[key] ?? []);
}

function checkClasses({ choices, nameOf }: ChoiceSource): void {
  const known = settableClasses(DEFAULT_POLICY);
  const unknown = Object.keys(choices.classes ?? {}).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const what = Object.hasOwn(DEFAULT_POLICY.blocked, unknown)
    ? 'a class that cannot be changed'
    : 'an unknown class';
  const hint = `the classes are ${known.join(', ')}`;
  throw new CliError(EXIT.usage, `${nameOf('classes')}: ${unknown} is ${what}`, hint);
}

function refuseContradictions(sources: ChoiceSource[]): void {
  const allowed = placesByName(sources, 'allow');
  for (const [name, place] of placesByName(sources, 'block')) {
    const other = allowed.get(name);
    if (other === undefined) continue;
    const hint = 'take it out of one of the two';
    throw new CliError(EXIT.usage, `${name} is both allowed (${other}) and blocked (${place})`, hint);
  }
}

function placesByName(sources: ChoiceSource[], key: 'allow' | 'block'): Map<string, string> {
  return new Map(
    sources.flatMap(({ choices, nameOf }) => {
      const names = normaliseChoices({ ...NO_CHOICES, [key]: choices[key] ?? [] })[key];
      return names.map((name) => [name, nameOf(key)] as const);
    }),
  );
}
