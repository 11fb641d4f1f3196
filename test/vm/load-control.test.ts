import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { waitUntil } from '../../src/prove/wait.ts';
import { note } from '../note.ts';
import { formatFigures, formatReasons } from './load/figures.ts';
import type { LoadGuest } from './load/guest.ts';
import { entries, runFindings, unexplained, unloadable } from './load/judge.ts';
import { CARDS } from './load/machine.ts';
import { readSubject, withLoadGuest } from './load/session.ts';
import { blockedModules, byName, controlStages } from './load/stages.ts';
import { inserted, loadedBy } from './load/trials.ts';

const CARDS_LIMIT_SECONDS = 60;

test('without a list the same attempts let every driver in and show every card', async () => {
  const { kernel } = await readSubject(true);
  const blocked = blockedModules(kernel);
  const stages = controlStages(kernel);
  await withLoadGuest('control', stages, { empty: '' }, async (guest) => {
    await guest.useList('empty');
    for (const stage of stages) await guest.attempt(stage);
    await allCardsAppear(guest);
    const { outcomes } = guest;
    note(`no list:\n${formatFigures(outcomes)}\n${formatReasons(unloadable(outcomes, blocked))}`);
    assert.equal([...outcomes.flatMap(runFindings), ...unexplained(outcomes, blocked)], []);
    const printed = outcomes.flatMap(({ trials }) => trials.flatMap((trial) => trial.printed));
    // Both signs of a module that came in, as used under a list.
    for (const names of [outcomes.flatMap(loadedBy), inserted(printed)]) assert.ok(names.includes('r8169'));
    for (const outcome of outcomes) assert.ok(entries(outcome, blocked) > 0, `closed: ${outcome.stage.name}`);
  });
});

test('a list without softdep lines lets in what has soft dependencies of its own, r8169', async () => {
  const { kernel, list } = await readSubject(false);
  const blocked = blockedModules(kernel);
  const stage = byName(blocked);
  const lists = { list: list.replaceAll(/^softdep .*\n/gm, '') };
  const outcome = await withLoadGuest('softdep', [stage], lists, async (guest) => {
    await guest.useList('list');
    return guest.attempt(stage);
  });
  const inside = loadedBy(outcome).filter((name) => blocked.has(name));
  const own = kernel.facts.filter(({ name, softdeps }) => blocked.has(name) && softdeps.length > 0);
  assert.ok(inside.includes('r8169'));
  assert.equal(inside.sort(), own.map(({ name }) => name).sort());
});

/** A driver may give a card its interface after modprobe has returned. */
async function allCardsAppear(guest: LoadGuest): Promise<void> {
  await waitUntil('the address of every card', CARDS_LIMIT_SECONDS, async () => {
    const found = await guest.addresses();
    return CARDS.every(({ address }) => found.includes(address)) || null;
  });
}

test.run();
