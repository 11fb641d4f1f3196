import names from '../../../modprobe/builtin-names.json';
import type { BuiltinDriver } from '../builtin.ts';
import { moduleName } from '../module-facts.ts';
import type { ModuleClass } from '../policy.ts';
import type { BuiltinModule } from './parse.ts';

/** What registers a kind of interface and is allowed as a module: modprobe/builtin-names.json, made from real kernels. */
const CLASSES = new Map(
  Object.entries(names.onRequest).flatMap(([kind, ofKind]) =>
    ofKind.map((name) => [name, kind as ModuleClass] as const),
  ),
);

/** A built-in module that makes an interface when a program asks for one; null for any other. */
export function asMaker({ path, request }: BuiltinModule): BuiltinDriver | null {
  const name = moduleName(path);
  const known = CLASSES.get(name);
  if (known === undefined && request === '') return null;
  const reason =
    request === ''
      ? 'registers interfaces where it is a module'
      : `makes interfaces when asked by ${request}`;
  return { name, path, class: known ?? 'virtual', alias: '', reason };
}
