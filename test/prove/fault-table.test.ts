import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Scenario } from '../../src/prove/scenario.ts';
import { EARLY } from '../vm/early-scenarios.ts';
import { FAULTS, LADDERS } from '../vm/fault-scenarios.ts';
import { HOTPLUG, HOTPLUG_FULL } from '../vm/hotplug-scenarios.ts';
import { INTERFERENCE } from '../vm/interference-scenarios.ts';
import { KILLS } from '../vm/kill-scenarios.ts';
import { MANAGERS, SYSCTL } from '../vm/managers-scenarios.ts';
import { POLICY } from '../vm/policy-scenarios.ts';
import { RESUME } from '../vm/resume-scenarios.ts';
import { INITRAMFS, INITRAMFS_FULL, LIVE_FULL } from '../vm/scenarios.ts';
import { SETBACKS } from '../vm/setback-scenarios.ts';
import { WIRELESS } from '../vm/wireless-scenarios.ts';

/** Boots in which something is wrong with the hook, the decision, the kernel's answers, the cards or what comes after. */
const UNDER_FAULTS = [
  ...[EARLY, FAULTS, LADDERS, HOTPLUG, HOTPLUG_FULL, INTERFERENCE, KILLS],
  ...[MANAGERS, SYSCTL, POLICY, RESUME, SETBACKS, WIRELESS],
].flat();
/** Where they stand among boots in which nothing is. */
const AMONG_OTHERS = [...INITRAMFS, ...INITRAMFS_FULL, ...LIVE_FULL];

const ROW = /^\| (?!boot \|)([^|]+) \| ([^|]*) \| ([^|]*) \|$/gm;
const rows = Array.from(
  readFileSync('docs/faults.md', 'utf8').matchAll(ROW),
  (row) => row.slice(1) as string[],
);
const names = rows.map(([name]) => name ?? '');

test('docs/faults.md has every boot under faults, each once', () => {
  assert.equal(
    UNDER_FAULTS.map(({ name }) => name).filter((name) => !names.includes(name)),
    [],
  );
  assert.is(new Set(names).size, names.length);
});

test('docs/faults.md has no boot that there is not', () => {
  const known = new Set([...UNDER_FAULTS, ...AMONG_OTHERS].map(({ name }) => name));
  assert.ok(names.length > 0);
  assert.equal(
    names.filter((name) => !known.has(name)),
    [],
  );
});

test('each boot in docs/faults.md has a control, is one, or says why it needs none', () => {
  const lacking = rows.filter(([, , control]) => control?.trim() === '').map(([name]) => name);
  assert.equal(lacking, []);
});

test('where docs/faults.md says "same boot", the boot itself ends without protection', () => {
  const unprotected = [...UNDER_FAULTS, ...AMONG_OTHERS].filter(endsUnprotected).map(({ name }) => name);
  const claimed = rows.filter(([, , control]) => control === 'same boot').map(([name = '']) => name);
  assert.ok(claimed.length > 0);
  assert.equal(
    claimed.filter((name) => !unprotected.includes(name)),
    [],
  );
});

function endsUnprotected({ steps }: Scenario): boolean {
  const last = steps.at(-1);
  return last?.do === 'expect' && (last.rule === 'leak' || last.rule === 'open');
}

test.run();
