import { SystemError } from '../system.ts';
import { runProgram } from './run.ts';

const LIMIT_MS = 10_000;

/** The C library's words for what `ip`, `tc` and `nft` report (strerror(3) in the C locale), and the kernel's own. */
const WORDS: [string, string][] = [
  ['Operation not permitted', 'EPERM'],
  ['No such device', 'ENODEV'],
  ['Cannot find device', 'ENODEV'],
  ['Device or resource busy', 'EBUSY'],
  ['Cannot assign requested address', 'EADDRNOTAVAIL'],
  ['Address already in use', 'EADDRINUSE'],
  ['Operation not supported', 'EOPNOTSUPP'],
  ['Operation not possible due to RF-kill', 'ERFKILL'],
  ['Invalid argument', 'EINVAL'],
  ['Invalid address length', 'EINVAL'],
  ['No such file or directory', 'ENOENT'],
  ['qdisc kind is unknown', 'ENOENT'],
  ['Failed to find specified qdisc', 'ENOENT'],
  ['Specified class not found', 'ENOENT'],
];

/** Runs ip(8) and returns what it prints. */
export function runIp(what: string, args: string[]): string {
  return runTool('ip', what, args);
}

/** Runs tc(8) and returns what it prints. */
export function runTc(what: string, args: string[]): string {
  return runTool('tc', what, args);
}

/** Runs nft(8), with numbers for priorities (-y), and returns what it prints; all commands are one transaction. */
export function runNft(what: string, commands: string[]): string {
  return runTool('nft', what, ['-y', commands.join('; ')]);
}

function runTool(tool: string, what: string, args: string[]): string {
  const { status, stdout, stderr } = runProgram(tool, args, LIMIT_MS);
  if (status === 0) return stdout;
  const words = stderr.trim();
  const code = WORDS.find(([text]) => words.includes(text))?.[1] ?? 'EIO';
  throw new SystemError(`${what} (${words})`, code);
}
