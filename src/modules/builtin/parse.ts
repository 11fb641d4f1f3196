import { virtualAlias } from '../rules.ts';

/** A driver in the kernel itself, as its index files tell of it. */
export interface BuiltinModule {
  /** As modules.builtin has it: relative to the kernel's directory, and with the ending of a module. */
  path: string;
  /** The first alias that is of a device bus; '' for none. */
  alias: string;
  /** The first alias by which programs ask for an interface; '' for none. */
  request: string;
}

/** What the text of an index file says, and what is wrong with it: '' when it is whole. */
export interface Parsed<T> {
  value: T;
  problem: string;
}

/** What modules.builtin.modinfo says of one module. */
export interface BuiltinInfo {
  /** Where its source is, without an ending (MODULE_FILE of linux/module.h, since 5.2); '' when it does not say. */
  file: string;
  alias: string;
  request: string;
}

const PATH = /^[^\s/]+(\/[^\s/]+)*\.ko$/;
/** KBUILD_MODNAME never holds a dot, which separates it from the key (__MODULE_INFO of linux/moduleparam.h). */
const ENTRY = /^([^.=]+)\.(alias|file)=(.*)$/s;

/** The paths in modules.builtin, one a line (scripts/modules-check.sh of the kernel makes them). */
export function parseBuiltinPaths(text: string): Parsed<string[]> {
  const lines = text.split('\n');
  const last = lines.pop();
  const value = lines.filter((line) => PATH.test(line));
  if (last !== '') return { value, problem: 'modules.builtin is cut off' };
  const problem = value.length < lines.length ? 'modules.builtin holds lines that are no modules' : '';
  return { value, problem };
}

/** The entries `NAME.KEY=VALUE`, each ended by NUL; only where a module lies and which bus or request it serves is kept. */
export function parseBuiltinInfo(text: string, buses: ReadonlySet<string>): Parsed<Map<string, BuiltinInfo>> {
  const value = new Map<string, BuiltinInfo>();
  let at = 0;
  for (let end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0', at)) {
    const [, name, key, word = ''] = ENTRY.exec(text.slice(at, end)) ?? [];
    if (name !== undefined) note(value, name, key === 'file' ? { file: word } : aliasOf(word, buses));
    at = end + 1;
  }
  return { value, problem: at < text.length ? 'modules.builtin.modinfo is cut off' : '' };
}

function aliasOf(alias: string, buses: ReadonlySet<string>): Partial<BuiltinInfo> {
  if (buses.has(alias.split(':', 1)[0] ?? '')) return { alias };
  return virtualAlias({ aliases: [alias] }) === null ? {} : { request: alias };
}

function note(known: Map<string, BuiltinInfo>, name: string, news: Partial<BuiltinInfo>): void {
  const before = known.get(name);
  if ((before?.alias && news.alias) || (before?.request && news.request)) return;
  known.set(name, { file: '', alias: '', request: '', ...before, ...news });
}
