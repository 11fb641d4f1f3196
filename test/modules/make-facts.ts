import type { ModuleFacts } from '../../src/modules/module-facts.ts';

/** Facts of a made-up module; its path puts it in drivers/net unless said otherwise. */
export function makeFacts(name: string, facts: Partial<ModuleFacts> = {}): ModuleFacts {
  const nothing = { imports: [], exports: [], aliases: [], softdeps: [], depends: [], problem: '' };
  return { name, path: `kernel/drivers/net/${name}.ko`, ...nothing, ...facts };
}
