import { formatBlocklist } from '../modules/blocklist.ts';
import type { Enumeration } from '../modules/enumerate.ts';
import { BLOCKLIST } from '../paths.ts';
import { INSTALL_AGAIN } from './cures.ts';
import { type FileTree, textOf } from './file-tree.ts';
import type { Finding } from './finding.ts';
import { CONFIG_DIRECTORIES, LIST_NAME } from './modprobe-config.ts';
import { someOf } from './some-of.ts';

/** initramfs-tools copies etc/modprobe.d and usr/lib/modprobe.d, and no other folder (its hook-functions). */
const NOT_COPIED = 'usr/local/lib/modprobe.d';
const PATH = BLOCKLIST.slice(1);
const OLDER_PLACE = `lib/modprobe.d/${LIST_NAME}`;

/** What is wrong with the blocklist of a root: place, and lines that its kernels need and it lacks. */
export function listFindings(root: FileTree, needed: Enumeration): Finding[] {
  const misplaced = misplacedList(root);
  const text = textOf(root, PATH);
  if (text !== null) return [...misplaced, ...compareLists(text, formatBlocklist(needed), root.show(PATH))];
  if (misplaced.length > 0) return misplaced;
  return [{ kind: 'list', what: 'the blocklist is missing', where: root.show(PATH), cure: INSTALL_AGAIN }];
}

/** A list that the kmod of a place never reads, since /lib is no link to usr/lib there, and it looks in /lib alone. */
export function unreadList(tree: FileTree, readsUsrLib: boolean, kind: 'list' | 'initrd-list'): Finding[] {
  const text = textOf(tree, PATH);
  const isRead = readsUsrLib || tree.real('lib') === tree.real('usr/lib');
  if (text === null || isRead || textOf(tree, OLDER_PLACE) === text) return [];
  const what =
    'no kmod is here that reads the list in /usr/lib/modprobe.d: older ones read /lib/modprobe.d, and /lib is no link to usr/lib';
  const cure = `merge /usr (usrmerge), install a newer kmod, or copy the list to /${OLDER_PLACE} as well; then rebuild the initramfs`;
  return [{ kind, what, where: tree.show(PATH), cure }];
}

/** A list of the same name in a folder of higher precedence: it hides the right one, or stands in its place. */
function misplacedList(root: FileTree): Finding[] {
  const findings: Finding[] = [];
  for (const directory of CONFIG_DIRECTORIES.slice(0, CONFIG_DIRECTORIES.indexOf('usr/lib/modprobe.d'))) {
    if (!root.files(directory).includes(LIST_NAME)) continue;
    const where = root.show(`${directory}/${LIST_NAME}`);
    const cure = `remove it or move it to ${BLOCKLIST}, then rebuild the initramfs`;
    if (directory === NOT_COPIED) {
      const what = `the blocklist sits in /${directory}, which initramfs-tools does not copy`;
      findings.push({ kind: 'initrd-list', what, where, cure });
    } else {
      const what = `a file in /${directory} takes the place of the blocklist, and macveil's mask cannot lift it`;
      findings.push({ kind: 'list', what, where, cure });
    }
  }
  return findings;
}

function compareLists(actual: string, expected: string, where: string): Finding[] {
  const there = linesOf(actual);
  const needed = linesOf(expected);
  const missing = [...needed].filter((line) => !there.has(line));
  const extra = [...there].filter((line) => !needed.has(line));
  return [...byModule(missing, where), ...extraLines(extra, where)];
}

function byModule(lines: string[], where: string): Finding[] {
  const keywords = new Map<string, string[]>();
  for (const line of lines) {
    const [keyword = '', module = ''] = line.split(' ');
    keywords.set(module, [...(keywords.get(module) ?? []), keyword]);
  }
  return [...keywords].map(([subject, missing]) => {
    const what = `the blocklist lacks the ${missing.join(', ')} line of ${subject}`;
    return { kind: 'list', what, where, cure: INSTALL_AGAIN, subject };
  });
}

function extraLines(lines: string[], where: string): Finding[] {
  if (lines.length === 0) return [];
  const what = `the blocklist has lines that no kernel of this root needs: ${someOf(lines)}`;
  return [{ kind: 'list', what, where, cure: INSTALL_AGAIN }];
}

function linesOf(text: string): Set<string> {
  const lines = text.split('\n').map((line) => line.trim().replace(/\s+/g, ' '));
  return new Set(lines.filter((line) => line !== '' && !line.startsWith('#')));
}
