// needs: 6.1-amd64, 6.1-cloud-amd64, 6.1-arm64, 6.12-amd64, 6.12-cloud-amd64, 6.12-arm64
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { kernelTree } from '../../build/kernels/kernel-tree.mjs';
import { KERNELS } from '../../build/kernels/recipe.mjs';
import names from '../../modprobe/builtin-names.json';
import { findBuiltins } from '../../src/modules/builtin.ts';
import { analyseRoot, type KernelAnalysis } from '../../src/modules/enumerate.ts';
import type { ModuleFacts } from '../../src/modules/module-facts.ts';
import { DEFAULT_POLICY } from '../../src/modules/policy.ts';
import { findKernels } from '../../src/modules/tree.ts';

const KNOWN = new Set([...Object.values(names.creators).flat(), ...names.others]);

for (const name of Object.keys(KERNELS)) {
  test(`${name} has no network driver built in, and nothing about that is unknown`, async () => {
    for (const kernel of await findKernels(await kernelTree(name))) {
      const { drivers, makers, problem } = await findBuiltins(kernel, DEFAULT_POLICY);
      assert.equal([drivers, problem], [[], '']);
      // 6.12 has netkit in it, which can be no module (CONFIG_NETKIT is a bool).
      const names = makers.map((maker) => maker.name);
      assert.equal(names, name.startsWith('6.12') ? ['netkit'] : []);
    }
  });

  test(`${name}: were all its modules built in, exactly the drivers of hardware would be found`, async () => {
    const [kernel] = (await analyseRoot(await kernelTree(name))).kernels;
    assert.ok(kernel);
    const found = await foundIfBuiltIn(kernel.facts);
    const wanted = driversOf(kernel);
    assert.ok(wanted.size > 0);
    assert.equal(
      [...wanted].filter((driver) => !found.has(driver)),
      [],
    );
    // A newer kernel than the data knows may bring a helper that lies among drivers: that alarm is one by rule.
    const blocked = new Set(
      kernel.modules.filter((verdict) => verdict.blocked).map((verdict) => verdict.name),
    );
    assert.equal(
      [...found].filter((driver) => !blocked.has(driver) && KNOWN.has(driver)),
      [],
    );
  });
}

/** Blocked modules that find a device: what modprobe/builtin-names.json is to know by name. */
function driversOf({ facts, modules }: KernelAnalysis): Set<string> {
  const verdicts = new Map(modules.map((verdict) => [verdict.path, verdict]));
  const drivers = facts.filter((module) => {
    const verdict = verdicts.get(module.path);
    return verdict?.blocked && (busAliases(module).length > 0 || verdict.class === 'hardware');
  });
  return new Set(drivers.map(({ name }) => name));
}

async function foundIfBuiltIn(facts: ModuleFacts[]): Promise<Set<string>> {
  const directory = mkdtempSync(join(tmpdir(), 'macveil-builtin-'));
  try {
    const paths = facts.map(({ path }) => `${path.replace(/\.ko(\.\w+)?$/, '')}.ko\n`);
    const aliases = facts.flatMap((module) => busAliases(module).map((a) => `${module.name}.alias=${a}\0`));
    writeFileSync(join(directory, 'modules.builtin'), paths.join(''));
    writeFileSync(join(directory, 'modules.builtin.modinfo'), aliases.join(''));
    const kernel = { release: '1', directories: [directory], files: [] };
    const { drivers, problem } = await findBuiltins(kernel, DEFAULT_POLICY);
    assert.is(problem, '');
    return new Set(drivers.map(({ name }) => name));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function busAliases({ aliases }: ModuleFacts): string[] {
  return aliases.filter((alias) => DEFAULT_POLICY.buses.has(alias.split(':')[0] ?? ''));
}

test.run();
