import process from 'node:process';
import { type CommandResult, macveilIn } from '../cli/run.ts';
import { buildModule } from './build-module.ts';

/** A root whose one kernel has a network card's driver and a module that has nothing to do with networks. */
export const root = {
  'lib/modules/6.1.0/kernel/e1000.ko': buildModule({
    imports: ['register_netdev'],
    modinfo: ['alias=pci:v8086d*'],
  }),
  'lib/modules/6.1.0/kernel/ext4.ko': buildModule(),
  'lib/modules/6.1.0/modules.builtin': '',
  'lib/modules/6.1.0/modules.builtin.modinfo': '',
};

/** The same with a module that makes interfaces without hardware. */
export const virtual = {
  ...root,
  'lib/modules/6.1.0/kernel/bridge.ko': buildModule({
    imports: ['register_netdevice', 'rtnl_link_register'],
    modinfo: ['alias=rtnl-link-bridge'],
  }),
};

/** Runs `macveil blocklist`. */
export function run(...args: string[]): CommandResult {
  return runIn(process.cwd(), ...args);
}

/** The same in a folder of its own. */
export function runIn(cwd: string, ...args: string[]): CommandResult {
  return macveilIn(cwd, 'blocklist', ...args);
}
