import * as v from 'valibot';
import { CliError, EXIT } from '../cli/errors.ts';
import type { MacveilConfig } from './config.ts';

// Each message completes the sentence "KEY must be ...".
const NAMES = 'a list of module names';
const names = v.array(v.pipe(v.string('a module name'), v.nonEmpty('a module name')), NAMES);
const classes = v.record(v.string(), v.picklist(['block', 'allow'], '"block" or "allow"'));
const CLASSES = 'an object like { media: "block" }';

const ENTRIES = {
  strict: v.optional(v.boolean('true or false')),
  allow: v.optional(names),
  block: v.optional(names),
  classes: v.optional(v.pipe(v.custom<object>(isPlainObject, CLASSES), classes)),
  acceptBuiltin: v.optional(names),
};
const schema = v.pipe(
  v.custom<object>(isPlainObject, 'an object, as defineConfig takes it'),
  v.strictObject(ENTRIES),
);

/** The configuration that a file exports; throws a CliError which names the file and the key for anything else. */
export function parseConfig(value: unknown, file: string): MacveilConfig {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output as MacveilConfig;
  const [first] = result.issues;
  if (first.expected === 'never') throw wrong(`${file}: unknown key ${first.received}`);
  throw wrong(`${file}: ${v.getDotPath(first) ?? 'its default export'} must be ${first.message}`);
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
