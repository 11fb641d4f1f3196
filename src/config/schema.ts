import * as v from 'valibot';
import { CliError, EXIT } from '../cli/errors.ts';
import type { MacveilConfig } from './config.ts';

// Each message completes the sentence "KEY must be ...".
const NAMES = 'a list of module names';
const names = v.array(v.pipe(v.string('a module name'), v.nonEmpty('a module name')), NAMES);
const VERDICTS: unknown[] = ['block', 'allow'];
const CLASSES = 'an object like { media: "block" }';

const ENTRIES = {
  strict: v.optional(v.boolean('true or false')),
  allow: v.optional(names),
  block: v.optional(names),
  classes: v.optional(
    v.pipe(v.custom<Record<string, unknown>>(isPlainObject, CLASSES), v.rawCheck(checkVerdicts)),
  ),
  acceptBuiltin: v.optional(names),
};
const schema = v.pipe(
  v.custom<object>(isPlainObject, 'an object, as defineConfig takes it'),
  v.object(ENTRIES),
);

/** The configuration that a file exports; throws a CliError which names the file and the key for anything else. */
export function parseConfig(value: unknown, file: string): MacveilConfig {
  refuseUnknownKeys(value, file);
  const result = v.safeParse(schema, value);
  if (result.success) return result.output as MacveilConfig;
  const [first] = result.issues;
  throw wrong(`${file}: ${v.getDotPath(first) ?? 'its default export'} must be ${first.message}`);
}

/** valibot does not look at keys like `constructor`, which every object has. */
function refuseUnknownKeys(value: unknown, file: string): void {
  const unknown = Object.keys(Object(value)).find((key) => !Object.hasOwn(ENTRIES, key));
  if (isPlainObject(value) && unknown !== undefined) throw wrong(`${file}: unknown key "${unknown}"`);
}

/** Each verdict by itself, for the same reason; which classes there are is not this file's to know. */
function checkVerdicts({ dataset, addIssue }: v.RawCheckContext<Record<string, unknown>>): void {
  if (!dataset.typed) return;
  const input = dataset.value;
  for (const [key, value] of Object.entries(input)) {
    if (VERDICTS.includes(value)) continue;
    addIssue({
      message: '"block" or "allow"',
      path: [{ type: 'object', origin: 'value', input, key, value }],
    });
  }
}

function wrong(message: string): CliError {
  return new CliError(EXIT.usage, message, `the keys are ${Object.keys(ENTRIES).join(', ')}`);
}

/** Lists, promises and instances of classes are objects too, and would pass for an empty configuration. */
function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
