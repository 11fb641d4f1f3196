import { execa, type Options } from 'execa';
import { CliError, EXIT } from '../cli/errors.ts';

/** The Debian package of each program that `compile` runs. */
const PACKAGES: Record<string, string> = {
  'musl-gcc': 'musl-tools',
  gcc: 'gcc',
  sh: 'dash',
};

/** Runs a program of the tool chain; one that is missing or fails becomes an error for people. */
export async function runTool(program: string, args: string[], options: Options = {}): Promise<string> {
  const { failed, code, stdout, stderr } = await execa(program, args, { ...options, reject: false });
  if (!failed) return String(stdout);
  if (code === 'ENOENT') {
    const hint = `install the package ${PACKAGES[program] ?? program} (apt-get install ${PACKAGES[program] ?? program})`;
    throw new CliError(EXIT.tool, `${program} is not installed`, hint);
  }
  const hint = 'check free disk space and the message above; then run the command again';
  throw new CliError(EXIT.tool, `${program} failed: ${String(stderr).trim() || 'no message'}`, hint);
}
