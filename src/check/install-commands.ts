import type { Finding } from './finding.ts';
import type { ConfigLine } from './modprobe-config.ts';
import { fits } from './pattern.ts';

/** What separates the commands of a shell line, and the words of a command. */
const BETWEEN_COMMANDS = /[;&|(){}`]+/;
const BETWEEN_WORDS = /[\s"']+/;
/** modprobe's `-i`, alone or among other short options, and its long form, which may be cut short (modprobe(8), getopt_long(3)). */
const IGNORE_INSTALL = /^(-[a-zA-Z]*i[a-zA-Z]*|--ignore-i[a-z-]*)$/;
/** Options that give modprobe other modules or other configuration than were tried: --config, --dirname, --set-version. */
const ELSEWHERE = /^(-[a-zA-Z]*[CdS].*|--(c|di|se)[a-z-]*(=.*)?)$/;
const ALL = /^(-[a-zA-Z]*a[a-zA-Z]*|--al[a-z]*)$/;
const OPTIONS_VARIABLE = /^MODPROBE_OPTIONS=/;
/** A module's name as it can be written; anything else is made by the shell when it runs. */
const LITERAL = /^[A-Za-z0-9_-]+$/;
const REFUSALS = new Set([
  '/bin/false',
  '/bin/true',
  '/usr/bin/false',
  '/usr/bin/true',
  'false',
  'true',
  ':',
]);

/** Findings for `install` commands that could load a blocked module behind modprobe's back: a dry run does not run them. */
export function installFindings(lines: ConfigLine[], blocked: ReadonlySet<string>): Finding[] {
  const installs = lines.filter(({ keyword }) => keyword === 'install');
  const taken = takenModules(installs, blocked);
  const run = installs.filter((line) => !line.ours && (taken.has(line) || !blocked.has(line.name)));
  return run.flatMap((line) => judge(line, taken.get(line), blocked));
}

/** Lines that are the first to fit a blocked module, each with that module: modprobe runs the first and no other. */
function takenModules(installs: ConfigLine[], blocked: ReadonlySet<string>): Map<ConfigLine, string> {
  const taken = new Map<ConfigLine, string>();
  for (const name of blocked) {
    const line = installs.find((one) => fits(one.name, name));
    if (line !== undefined && !taken.has(line)) taken.set(line, name);
  }
  return taken;
}

function judge(line: ConfigLine, taken: string | undefined, blocked: ReadonlySet<string>): Finding[] {
  const commands = line.rest.split(BETWEEN_COMMANDS).map((command) => command.split(BETWEEN_WORDS));
  const named = commands
    .flat()
    .map(moduleOf)
    .find((word) => blocked.has(word));
  const does = namesBlocked(named) ?? goesAround(commands) ?? replaces(taken, line.rest);
  if (does === null) return [];
  return [
    {
      kind: 'loading',
      what: `the install command of ${line.name} ${does}`,
      where: line.place,
      cure: 'remove this line, or write a softdep line in its place; then rebuild the initramfs',
      subject: named ?? line.name,
    },
  ];
}

function namesBlocked(module: string | undefined): string | null {
  return module === undefined ? null : `names ${module}, which is blocked`;
}

function goesAround(commands: string[][]): string | null {
  if (commands.some((words) => words.some((word) => fileName(word) === 'insmod')))
    return 'can load any module past the list (insmod)';
  if (commands.some((words) => words.some((word) => OPTIONS_VARIABLE.test(word))))
    return 'changes what modprobe does (MODPROBE_OPTIONS)';
  const calls = commands.flatMap((words) => {
    const at = words.findIndex((word) => fileName(word) === 'modprobe');
    return at < 0 ? [] : [words.slice(at + 1).filter((word) => word !== '')];
  });
  if (calls.some((words) => words.some((word) => ELSEWHERE.test(word))))
    return 'has modprobe read other modules or another configuration (modprobe -C, -d or -S)';
  return calls.some(freesUnnamed) ? 'can load a module past the list (modprobe --ignore-install)' : null;
}

/** `-i` frees what it names and nothing that comes with it (modprobe(8)): only a name that nobody can know here counts. */
function freesUnnamed(words: string[]): boolean {
  if (!words.some((word) => IGNORE_INSTALL.test(word))) return false;
  const operands = words.filter((word) => !word.startsWith('-'));
  // Without -a what follows the first name are options of that module.
  const names = words.some((word) => ALL.test(word)) ? operands : operands.slice(0, 1);
  return names.length === 0 || !names.every((name) => LITERAL.test(name));
}

function replaces(module: string | undefined, command: string): string | null {
  if (module === undefined || REFUSALS.has(command.trim())) return null;
  return `is run for ${module}, which is blocked, and does more than refuse`;
}

function fileName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

function moduleOf(word: string): string {
  return fileName(word).replaceAll('-', '_');
}
