import { CliError, EXIT } from '../cli/errors.ts';
import { askModprobe } from './ask.ts';
import { HOST_ONLY } from './cures.ts';
import type { Finding } from './finding.ts';
import type { Kmod } from './kmod.ts';
import { someOf } from './some-of.ts';
import { type Stage, withoutConfig } from './stage.ts';

/**
 * Asks every kmod for these modules with nothing that keeps them from loading: one that finds none would call any image proven.
 * A module that is not found then is a finding; `where` is the folder that was shown.
 */
export async function controlFindings(
  kmods: Kmod[],
  stage: Stage,
  names: readonly string[],
  where: string,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const kmod of kmods) {
    const lost = await lostModules(kmod, withoutConfig(stage), names);
    if (lost.length === 0) continue;
    if (lost.length === names.length) throw findsNothing(kmod, lost);
    const what = `${kmod.label} does not find modules that the index has: ${someOf(lost)}`;
    findings.push({ kind: 'index', what, where, cure: `run: depmod -b ROOT ${stage.release}` });
  }
  return findings;
}

async function lostModules(kmod: Kmod, stage: Stage, names: readonly string[]): Promise<string[]> {
  const answers = await askModprobe(kmod, stage, 'person', [...names]);
  return names.filter((name, index) => !answers[index]?.includes(name));
}

function findsNothing({ label, own }: Kmod, names: readonly string[]): CliError {
  return new CliError(
    EXIT.tool,
    `${label} finds none of ${names.length} modules that it is shown (${names[0]}, ...): it proves nothing`,
    own ? HOST_ONLY : 'install a kmod that reads /lib/modules, on Debian with: apt-get install kmod',
  );
}
