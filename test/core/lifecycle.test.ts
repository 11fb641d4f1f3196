import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { EVENTS, STATES, type State, type Transition, transition } from '../../src/core/lifecycle.ts';

type Table = typeof transition;

/** The states whose interfaces the udev rule leaves to network managers. */
const HANDED_OVER: ReadonlySet<State> = new Set(['verified', 'exempt']);

/** Every way an interface can be handed to the managers without having been seen right, or virtual, in that very step. */
function unearned(table: Table): string[] {
  return STATES.flatMap((state) =>
    EVENTS.filter((event) => HANDED_OVER.has(table(state, event).next))
      .filter((event) => event !== 'right' && event !== 'virtual')
      .map((event) => `${state} x ${event}`),
  );
}

/** All states that can be reached from the beginning. */
function reached(table: Table): Set<State> {
  const found = new Set<State>(['new']);
  for (const state of found) for (const event of EVENTS) found.add(table(state, event).next);
  return found;
}

test('every state has an answer to every event', () => {
  for (const state of STATES) for (const event of EVENTS) assert.ok(transition(state, event).act);
});

test('nobody gets an interface that was not verified in that very step', () => {
  assert.equal(unearned(transition), []);
});

test('a seeded fault is found: an interface that speaks before it was read back', () => {
  const seeded: Table = (state, event) => {
    const fault: Transition = { next: 'verified', act: 'speak' };
    return state === 'new' && event === 'fit' ? fault : transition(state, event);
  };
  assert.equal(unearned(seeded), ['new x fit']);
});

test('only what was begun or verified before can become verified', () => {
  const before = STATES.filter((state) =>
    EVENTS.some((event) => transition(state, event).next === 'verified'),
  );
  assert.equal(before, ['begun', 'verified']);
});

test('a card that failed never comes back in this boot', () => {
  const after = new Set(EVENTS.map((event) => transition('failed', event).next));
  assert.equal([...after].sort(), ['failed', 'gone']);
});

test('every state can be reached, and what has gone stays gone', () => {
  assert.equal([...reached(transition)].sort(), [...STATES].sort());
  assert.ok(EVENTS.every((event) => transition('gone', event).next === 'gone'));
});

test('acts and states go together', () => {
  const acts = { verified: 'speak', exempt: 'release', held: 'silence', begun: 'change', failed: 'put-away' };
  for (const state of STATES) {
    for (const event of EVENTS) {
      const { next, act } = transition(state, event);
      assert.is(act, next === 'gone' ? 'none' : acts[next as keyof typeof acts], `${state} x ${event}`);
    }
  }
});

test('the table in docs/state-machine.md is this one', () => {
  const text = readFileSync('docs/state-machine.md', 'utf8');
  const rows = STATES.map((state) => {
    const cells = EVENTS.map((event) => transition(state, event).next);
    return `| ${state} | ${cells.join(' | ')} |`;
  });
  const head = `| state | ${EVENTS.join(' | ')} |`;
  assert.ok(
    text.includes(`${head}\n|${'---|'.repeat(EVENTS.length + 1)}\n${rows.join('\n')}\n`),
    rows.join('\n'),
  );
});

test.run();
