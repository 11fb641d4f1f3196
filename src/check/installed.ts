import { CliError } from '../cli/errors.ts';
import { diskFingerprint, type Fingerprint, isOneOf } from '../install/entry.ts';
import { ownRecord, packagedRecord } from '../install/packaged.ts';
import { ownedFiles } from '../install/record.ts';
import { locate } from '../install/root.ts';
import { BLOCKLIST, HOOK, INSTALLED, MANIFEST } from '../paths.ts';
import { INSTALL_AGAIN, PACKAGE_AGAIN } from './cures.ts';
import type { Finding } from './finding.ts';

/** Judged by what is in them, not by what was installed: each has a kind of its own. */
const JUDGED_ELSEWHERE = new Set([BLOCKLIST, MANIFEST]);

/** The files that macveil, or a package of it, installed in a root, and what is wrong with them. */
export interface Installed {
  paths: string[];
  findings: Finding[];
}

/** Compares the files of a root with the records of their installation. */
export function readInstalled(root: string): Installed {
  try {
    const record = ownRecord(root);
    if (record === null)
      return { paths: [], findings: [missing(INSTALLED, 'macveil is not installed here')] };
    const [owned, packaged] = [ownedFiles(record), ownedFiles(packagedRecord(root))];
    return {
      paths: [...owned.keys(), ...packaged.keys()],
      findings: [
        ...hookFinding(root, new Map([...owned, ...packaged])),
        ...fileFindings(root, owned, INSTALL_AGAIN),
        ...fileFindings(root, packaged, PACKAGE_AGAIN),
      ],
    };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { paths: [], findings: [{ ...missing(INSTALLED, error.message), cure: error.hint }] };
  }
}

function hookFinding(root: string, owned: Map<string, Fingerprint[]>): Finding[] {
  if (owned.has(HOOK) || diskFingerprint(locate(root, HOOK)) !== null) return [];
  return [missing(HOOK, 'the boot-side program is missing')];
}

function fileFindings(root: string, owned: Map<string, Fingerprint[]>, cure: string): Finding[] {
  return [...owned].flatMap(([path, prints]) => {
    if (JUDGED_ELSEWHERE.has(path)) return [];
    const disk = diskFingerprint(locate(root, path));
    if (isOneOf(disk, prints)) return [];
    const what = `${path} ${disk === null ? 'is missing' : 'is not what macveil installed'}`;
    return [{ ...missing(path, what), cure }];
  });
}

function missing(path: string, what: string): Finding {
  return { kind: 'hook', what, where: path, cure: INSTALL_AGAIN, subject: path };
}
