import type { ModuleClass, Policy } from './policy.ts';
import type { KernelTree } from './tree.ts';

/** A driver in the kernel itself that makes an interface for a device: no list can keep it from that. */
export interface BuiltinDriver {
  name: string;
  /** As modules.builtin has it: relative to the kernel's directory. */
  path: string;
  class: ModuleClass;
  /** One of its device aliases. */
  alias: string;
  reason: string;
}

/** The built-in drivers of a kernel that make interfaces for devices. */
export async function findBuiltinDrivers(_kernel: KernelTree, _policy: Policy): Promise<BuiltinDriver[]> {
  return [];
}
