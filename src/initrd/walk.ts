import type { Node } from './node.ts';

/** Links the kernel follows before it says ELOOP (linux/namei.h, MAXSYMLINKS). */
const MAX_LINKS = 40;

/** Where a path leads: the folders from the root down to it, their names, and what is there (null: nothing, in a folder that exists). */
export interface Place {
  folders: Node[];
  names: string[];
  node: Node | null;
}

/** Path components that name something. */
export function components(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

/**
 * Follows a path from the root as the kernel does, `root` being its `/`; the last component is followed only if asked for.
 * Null when a folder on the way is missing. `onStep` is called for each component, so that a hostile tangle can be stopped.
 */
export function walk(root: Node, path: string, followLast: boolean, onStep = () => {}): Place | null {
  const todo = components(path).reverse();
  const place: Place = { folders: [root], names: [], node: root };
  for (let links = 0; todo.length > 0; ) {
    onStep();
    const name = todo.pop() as string;
    if (place.node?.kind !== 'directory') return null;
    if (name === '..') {
      leave(place);
      continue;
    }
    const next = place.node.children.get(name) ?? null;
    if (next?.kind === 'link' && (followLast || todo.length > 0)) {
      if (++links > MAX_LINKS) return null;
      const target = next.target ?? '';
      if (target.startsWith('/')) restart(place, root);
      for (const part of components(target).reverse()) todo.push(part);
    } else enter(place, name, next);
  }
  return place;
}

/** The folder that a place is in; the root is in itself. */
export function parentOf({ folders, node }: Place): Node {
  return folders.at(node === null ? -1 : -2) ?? (folders[0] as Node);
}

function enter(place: Place, name: string, node: Node | null): void {
  place.names.push(name);
  place.node = node;
  if (node !== null) place.folders.push(node);
}

function leave(place: Place): void {
  if (place.names.pop() !== undefined) place.folders.pop();
  place.node = place.folders.at(-1) as Node;
}

function restart(place: Place, root: Node): void {
  place.folders = [root];
  place.names = [];
  place.node = root;
}
