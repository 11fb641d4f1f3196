import type { Finding } from './finding.ts';
import type { ConfigLine } from './modprobe-config.ts';
import { fits } from './pattern.ts';

/** What separates the words of a shell command. */
const BETWEEN_WORDS = /[\s;&|(){}"'`]+/;
/** modprobe's `-i`, alone or among other short options, and its long form (modprobe(8)). */
const IGNORE_INSTALL = /^(-[a-zA-Z]*i[a-zA-Z]*|--ignore-install)$/;
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
  return installs.filter(({ ours }) => !ours).flatMap((line) => judge(line, taken.get(line), blocked));
}

/** Lines that are the first to fit a blocked module, each with that module: modprobe runs the first. */
function takenModules(installs: ConfigLine[], blocked: ReadonlySet<string>): Map<ConfigLine, string> {
  const taken = new Map<ConfigLine, string>();
  for (const name of blocked) {
    const line = installs.find((one) => fits(one.name, name));
    if (line !== undefined && !taken.has(line)) taken.set(line, name);
  }
  return taken;
}

function judge(line: ConfigLine, taken: string | undefined, blocked: ReadonlySet<string>): Finding[] {
  const words = line.rest.split(BETWEEN_WORDS).map((word) => word.slice(word.lastIndexOf('/') + 1));
  const named = words.map((word) => word.replaceAll('-', '_')).find((word) => blocked.has(word));
  const does = namesBlocked(named) ?? goesAround(words) ?? replaces(taken, line.rest);
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

function goesAround(words: string[]): string | null {
  if (words.includes('insmod')) return 'can load any module past the list (insmod)';
  const ignores = words.includes('modprobe') && words.some((word) => IGNORE_INSTALL.test(word));
  return ignores ? 'can load a module past the list (modprobe --ignore-install)' : null;
}

function replaces(module: string | undefined, command: string): string | null {
  if (module === undefined || REFUSALS.has(command.trim())) return null;
  return `is run for ${module}, which is blocked, and does more than refuse`;
}
