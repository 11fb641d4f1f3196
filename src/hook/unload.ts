import { blockLines } from '../core/block-lines.ts';
import type { InterfaceFacts } from '../core/link.ts';
import { PUT_AWAY_LIST, RUN_MODPROBE_DIR, SYS_CLASS_NET, SYS_MODULE } from '../paths.ts';
import { type System, SystemError } from '../system/system.ts';
import { refresh } from './inventory.ts';

/** Unloads the driver of an interface with the modules that use it, and keeps it from being loaded again until power-off. */
export function unload(system: System, facts: InterfaceFacts): void {
  const now = refresh(system, facts);
  if (now === undefined) return;
  const link = `${SYS_CLASS_NET}/${now.name}/device/driver/module`;
  if (!system.exists(link)) throw new SystemError(`unload ${facts.driver}, which is built in`, 'ENOENT');
  const module = system.readLink(link).split('/').at(-1) ?? '';
  blockModule(system, module);
  for (const name of withUsers(system, module)) system.unloadModule(name);
}

/** Before it is unloaded: udev would load it again at the next event of any device it serves. */
function blockModule(system: System, module: string): void {
  const before = system.exists(PUT_AWAY_LIST) ? system.readFile(PUT_AWAY_LIST) : '';
  const lines = blockLines(module);
  if (before.includes(lines)) return;
  system.makeDirectory(RUN_MODPROBE_DIR);
  system.writeFile(PUT_AWAY_LIST, before + lines);
}

/** A module behind all that use it, directly or through others: the order in which they can go (delete_module(2)). */
function withUsers(system: System, module: string): string[] {
  const holders = `${SYS_MODULE}/${module}/holders`;
  const users = system.exists(holders) ? system.listDirectory(holders) : [];
  return [...new Set([...users.flatMap((user) => withUsers(system, user)), module])];
}
