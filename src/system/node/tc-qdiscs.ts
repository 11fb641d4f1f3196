import { type Qdisc, TC_ROOT } from '../system.ts';

/** What `tc -j qdisc show` says of one qdisc, as far as it is used (tc(8)). */
interface TcQdisc {
  kind: string;
  handle: string;
  root?: boolean;
  parent?: string;
}

/** Qdiscs in the order of the JSON text of `tc -j qdisc show dev NAME`. */
export function parseQdiscs(json: string): Qdisc[] {
  const found = JSON.parse(json.trim() || '[]') as TcQdisc[];
  return found.map(({ kind, handle, root, parent = '' }) => ({
    kind,
    parent: root ? TC_ROOT : parseClassId(parent),
    handle: parseClassId(handle),
  }));
}

/** The words of tc(8) for a parent or handle: major:minor in hexadecimal, a part that is 0 may be left out. */
export function formatClassId(value: number): string {
  return `${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}`;
}

function parseClassId(text: string): number {
  const [major, minor] = text.split(':').map((part) => Number.parseInt(part || '0', 16));
  return (((major ?? 0) << 16) | (minor ?? 0)) >>> 0;
}
