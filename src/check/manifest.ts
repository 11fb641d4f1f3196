import { type Manifest, parseManifest } from '../core/manifest.ts';
import type { Enumeration } from '../modules/enumerate.ts';
import { unknownBuiltins, unknownModules } from '../modules/review.ts';
import { MANIFEST } from '../paths.ts';
import { INSTALL_AGAIN } from './cures.ts';
import { type FileTree, textOf } from './file-tree.ts';
import type { Finding } from './finding.ts';
import { someOf } from './some-of.ts';

/** The manifest of a root; null with a finding when it is missing or damaged. */
export function readManifest(root: FileTree): { manifest: Manifest | null; findings: Finding[] } {
  const text = textOf(root, MANIFEST.slice(1));
  const manifest = text === null ? null : parseManifest(text);
  if (manifest !== null) return { manifest, findings: [] };
  const state = text === null ? 'missing' : 'damaged, or of another version of macveil';
  const what = `the manifest is ${state}: the image is judged by macveil's own policy, and changes since are not seen`;
  return { manifest, findings: [finding(what)] };
}

/** Names in the recorded policy that no kernel of the root has: it was made for another root. */
export function policyFindings(enumeration: Enumeration): Finding[] {
  const unknown = [...unknownModules(enumeration), ...unknownBuiltins(enumeration)];
  if (unknown.length === 0) return [];
  return [finding(`the policy in the manifest names what no kernel of this root has: ${someOf(unknown)}`)];
}

function finding(what: string): Finding {
  return { kind: 'manifest', what, where: MANIFEST, cure: INSTALL_AGAIN };
}
