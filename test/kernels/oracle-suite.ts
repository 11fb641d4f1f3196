import { suite, test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ModuleFacts } from '../../src/modules/module-facts.ts';
import allowedDrivers from './allowed-drivers.json';
import { type RealKernel, readKernels } from './kernels.ts';
import { askOracle, type Oracle, readDependencies } from './oracle.ts';
import { expectNone } from './record.ts';

interface Subject extends RealKernel {
  oracle: Oracle;
}

/** Make interfaces in every Debian kernel, a cloud's included: two that see nothing would agree as well. */
const IN_EVERY_KERNEL = ['ena', 'tun', 'virtio_net'];

/** Creators for a device that may load; why is in the file. */
const REVIEWED = allowedDrivers.flatMap(({ names }) => names);

/** Compares macveil with the second opinion on these kernels, name by name. */
export async function testAgainstOracle(names: string[]): Promise<void> {
  const kernels = await readKernels(names);
  const subjects = kernels.map((real) => ({ ...real, oracle: askOracle(real.root) }));
  for (const subject of subjects) testSubject(subject);
  test.run();
}

function testSubject({ name, root, kernel, oracle }: Subject): void {
  const check = suite(`${name} (${kernel.release})`);
  const blocked = new Set(kernel.modules.filter((module) => module.blocked).map((module) => module.name));

  check('the second opinion sees the drivers that every kernel has', () => {
    assert.equal(
      IN_EVERY_KERNEL.filter((driver) => !oracle.creators.includes(driver)),
      [],
    );
  });

  check('macveil finds exactly the modules that import a choke symbol', () => {
    assert.equal(namesOf(kernel.creators.choke), oracle.choke);
  });

  check('macveil finds exactly the creators', () => {
    assert.equal(namesOf(kernel.creators.causes), oracle.creators);
  });

  check('every creator for a device is blocked, or was reviewed and is allowed', () => {
    const open = openDrivers(oracle, blocked).map((driver) => driver.join(' '));
    expectNone(
      kernel.release,
      open,
      'review each: is it to be blocked, or to stand in allowed-drivers.json?',
    );
  });

  check('a driver that is neither would be noticed', () => {
    const [driver = ''] = oracle.devices.keys();
    const without = new Set([...blocked].filter((other) => other !== driver));
    assert.equal(
      openDrivers(oracle, without).map(([name]) => name),
      [driver],
    );
  });

  check(
    'no driver that is allowed makes an interface itself, and each stands on what its reason names',
    () => {
      assert.equal(unfounded(oracle, readDependencies(root)), []);
    },
  );

  check('an allowed driver that made an interface itself would be noticed', () => {
    const [driver = ''] = REVIEWED.filter((name) => oracle.devices.has(name));
    assert.equal(unfounded({ ...oracle, choke: [driver] }, readDependencies(root)), [driver]);
  });

  check.run();
}

/** Creators for a device that are neither blocked nor reviewed. */
function openDrivers({ devices }: Oracle, blocked: Set<string>): [string, string][] {
  return [...devices].filter(([driver]) => !blocked.has(driver) && !REVIEWED.includes(driver));
}

/** Reviewed drivers of this kernel for which the reason does not hold. */
function unfounded({ choke, devices }: Oracle, dependencies: Map<string, Set<string>>): string[] {
  const holds = (driver: string, needs: string[]) =>
    !choke.includes(driver) && needs.every((need) => dependencies.get(driver)?.has(need));
  return allowedDrivers.flatMap(({ names, needs }) =>
    names.filter((driver) => devices.has(driver) && !holds(driver, needs)),
  );
}

function namesOf(modules: Map<ModuleFacts, unknown>): string[] {
  return [...modules.keys()].map(({ name }) => name).sort();
}
