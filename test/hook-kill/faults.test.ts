// needs: macveil-hook, tamper
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { mountProblem } from '../mounts.ts';
import { skipTest } from '../skip.ts';
import { leaks } from './judge.ts';
import { CARD_ADDRESS, type Faulty } from './trial.ts';
import { buildProgram, runInWorld } from './world.ts';

/** A card after a net-add under faults: its address, what was written to `unbind`, the state and the rules on record. */
interface Case {
  faults: string[];
  address: 'real' | 'other';
  unbound: string;
  state: string;
  rules: string[];
}

/** The driver of a tap cannot be unbound, nor unloaded: all networking is shut, and no rung after that is needed. */
const LIES = ['real-address', 'given-address', 'shut-off-unbind', 'shut-off-unload'];
const CASES: Case[] = [
  {
    faults: ['refuse-address'],
    address: 'real',
    unbound: 'card',
    state: 'failed',
    rules: ['set-address', ...LIES],
  },
  { faults: ['lie-address'], address: 'real', unbound: 'card', state: 'failed', rules: LIES },
  { faults: ['lie-address', 'lie-unbind'], address: 'real', unbound: '', state: 'failed', rules: LIES },
  {
    faults: ['lie-address', 'refuse=open:EACCES:/unbind'],
    address: 'real',
    unbound: '',
    state: 'failed',
    rules: LIES,
  },
  { faults: ['blind-after-address'], address: 'other', unbound: '', state: 'begun', rules: [] },
  { faults: ['refuse=getrandom:ENOSYS'], address: 'real', unbound: '', state: 'none', rules: [] },
  { faults: ['refuse=rename:ENOSPC'], address: 'real', unbound: '', state: 'none', rules: [] },
];
/** The control: without a fault that matters the card is verified, so that it is the faults that keep it from that. */
const HARMLESS: Case = {
  faults: ['refuse=getpid:EPERM'],
  address: 'other',
  unbound: '',
  state: 'verified',
  rules: [],
};

let found: Faulty[] = [];
test.before(async () => {
  if (mountProblem()) return;
  await buildProgram('faults');
  found = await runInWorld('faults', [JSON.stringify([...CASES, HARMLESS].map(({ faults }) => faults))]);
});

for (const [at, one] of [...CASES, HARMLESS].entries()) {
  const title = `under ${one.faults.join(' and ')} a card is ${one.state === 'verified' ? 'verified' : 'mute'}`;
  if (mountProblem()) skipTest(test, title, mountProblem());
  else test(title, () => judge(one, found[at]));
}

function judge({ faults, address, unbound, state, rules }: Case, seen: Faulty | undefined): void {
  assert.ok(seen, 'the program in the world told nothing');
  const { log, after } = seen;
  for (const fault of faults) assert.ok(log.includes(`applied ${fault}\n`), `${fault} never struck`);
  assert.is(after.address === CARD_ADDRESS ? 'real' : 'other', address);
  assert.is(seen.unbound, unbound);
  assert.is(after.record?.state ?? 'none', state);
  const named = after.record?.findings?.map(({ rule }) => rule) ?? [];
  assert.equal([...new Set(named)].sort(), rules.toSorted());
  assert.equal(leaks(after, CARD_ADDRESS), []);
  assert.is(after.qdisc === 'noop' || after.qdisc === 'blackhole', state !== 'verified');
}

test.run();
