import { settableClasses } from './choose.ts';
import type { Explanation } from './explain.ts';
import { DEFAULT_POLICY } from './policy.ts';

/** Items of one kind shown before the rest is only counted; --json has them all. */
const SHOWN = 4;
const BY_NAME = 'allowed by choice, by its name';
const SETTABLE = settableClasses(DEFAULT_POLICY);

type Row = [key: string, value: string];

/** An explanation as text for people. */
export function formatExplanation(explanation: Explanation): string {
  const { name, path, kernel, reason, depends } = explanation;
  const rows: Row[] = [
    ...verdictRows(explanation),
    ['class', `${explanation.class ?? 'none'}: ${reason}`],
    ...repeated('because', explanation.chain),
    ...repeated('imports', explanation.registers),
    ...repeated('exports', shorten(explanation.exports.map(formatExport))),
    ...repeated('alias', shorten(explanation.aliases)),
    ['depends', depends.join(' ') || 'on no module'],
    ...repeated('softdep', explanation.softdeps),
  ];
  const body = rows.map(([key, value]) => `  ${key.padEnd(8)} ${value}\n`).join('');
  return `${name} (${kernel}: ${path})\n${body}`;
}

function verdictRows(explanation: Explanation): Row[] {
  const { blocked, waitsFor } = explanation;
  const policy: Row = ['policy', describePolicy(explanation)];
  if (blocked) return [['verdict', 'blocked'], policy];
  const waits = `${shorten(waitsFor).join(', ')}: blocked, and without that it does not load`;
  return [
    ['verdict', 'not blocked'],
    policy,
    ...repeated('waits on', waitsFor.length > 0 ? [waits] : []),
    ['to block', waysToBlock(explanation).join(', ')],
  ];
}

function describePolicy({ class: kind, blocked, policy, unnamed, registers }: Explanation): string {
  const verdict = blocked ? 'blocked' : 'allowed';
  switch (policy) {
    case 'default':
      return kind === null ? 'allowed by default, having no class' : `${verdict} by default, as its class is`;
    case 'class':
      return `${verdict} by choice, as its class is`;
    case 'strict':
      return `blocked by strict, because it imports ${registers[0]}`;
    case 'allow':
      return unnamed?.blocked ? BY_NAME : `${BY_NAME}; it would be allowed without that too`;
    case 'block':
      return 'blocked by choice, by its name';
  }
}

function waysToBlock({ name, class: kind, unnamed, registers }: Explanation): string[] {
  if (unnamed?.blocked) return [`without --allow ${name}`];
  if (unnamed !== null) return [`--block ${name} in place of --allow ${name}`];
  const ways = [`--block ${name}`];
  if (kind !== null && SETTABLE.includes(kind)) ways.unshift(`--class ${kind}=block`);
  if (registers.length > 0) ways.unshift('--strict');
  return ways;
}

function formatExport({ symbol, users }: Explanation['exports'][number]): string {
  return `${symbol}, used by ${shorten(users).join(' ')}`;
}

function repeated(key: string, values: string[]): Row[] {
  return values.map((value) => [key, value]);
}

function shorten(items: string[]): string[] {
  if (items.length <= SHOWN) return items;
  return [...items.slice(0, SHOWN), `and ${items.length - SHOWN} more`];
}
