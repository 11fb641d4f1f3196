import { readFileSync } from 'node:fs';
import type { KernelLists } from '../install/install.ts';
import { isInitrdTree } from '../install/integrations.ts';
import { textEntry } from '../install/plan.ts';
import { BLOCKLIST } from '../paths.ts';
import { CliError, EXIT } from './errors.ts';
import { givenPolicyOptions, type PolicyArguments } from './policy-options.ts';

/** A line that only a list of blocked modules has (modprobe.d(5)). */
const BLOCK_LINE = /^install \S+ \S+/m;

/** The blocklist of another root, as it is, for an initrd whose modules come later; throws a CliError for anything else. */
export function givenList(root: string, file: string): KernelLists {
  if (!isInitrdTree(root)) {
    const hint = 'leave --list away: the list is made of the kernels in it';
    throw new CliError(EXIT.input, `${root} is no initrd: it has no /etc/initrd-release`, hint);
  }
  const text = readFileSync(file, 'utf8');
  if (!BLOCK_LINE.test(text)) {
    const hint = `name the ${BLOCKLIST} of a root in which macveil is installed`;
    throw new CliError(EXIT.input, `${file} blocks no module`, hint);
  }
  return { entries: [textEntry(BLOCKLIST, text)], warnings: [], notes: [] };
}

/** A list that is made already has its policy in it. */
export function refusePolicy(args: PolicyArguments & { 'keep-policy': boolean }): void {
  const given = [...givenPolicyOptions(args), ...(args['keep-policy'] ? ['--keep-policy'] : [])];
  if (given.length === 0) return;
  const hint = 'give them to the run that made the list';
  throw new CliError(EXIT.usage, `--list and ${given.join(', ')} contradict each other`, hint);
}
