import { CONFIG_TARGET } from './config-target.ts';
import { INDEX_TARGETS } from './index-targets.ts';
import { INITRD_TARGETS } from './initrd-targets.ts';
import { MENU_TARGETS } from './menu-targets.ts';
import { moduleTarget } from './module-target.ts';
import { PACKED_TARGETS } from './packed-targets.ts';
import type { Target } from './target.ts';

/** Every parser that reads what others made; `modules` are real ones to be spoiled beside the made ones. */
export function allTargets(modules: readonly Buffer[]): Target[] {
  return [
    moduleTarget(modules),
    ...INDEX_TARGETS,
    CONFIG_TARGET,
    ...PACKED_TARGETS,
    ...INITRD_TARGETS,
    ...MENU_TARGETS,
  ];
}
