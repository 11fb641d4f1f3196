import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { note } from '../note.ts';
import { formatFigures, formatReasons } from './load/figures.ts';
import { listFindings, simulationFindings, stateFindings, unasked, unrefused } from './load/judge.ts';
import { CARDS } from './load/machine.ts';
import { readSubject, type Subject, withLoadGuest } from './load/session.ts';
import { allowedStages, blockedModules, blockedStages } from './load/stages.ts';
import { interfacesOf } from './load/trials.ts';

const ADDRESSES = new Set(CARDS.map(({ address }) => address as string));

test('with the default list no blocked module loads, and only virtual interfaces appear', async () => {
  const subject = await readSubject(false);
  const { findings, outcomes } = await tryUnderList('default', subject);
  assert.equal(findings, []);
  // The positive signal that modprobe does load in this machine what it may load.
  assert.ok(outcomes.flatMap(interfacesOf).length > 0);
});

test('with the strict list no interface but lo appears', async () => {
  const subject = await readSubject(true);
  const choke = [...subject.kernel.creators.choke.keys()].map(({ name }) => name);
  const blocked = blockedModules(subject.kernel);
  assert.equal(
    choke.filter((name) => !blocked.has(name)),
    [],
  );
  const { findings, interfaces } = await tryUnderList('strict', subject);
  assert.equal(findings, []);
  assert.equal(interfaces, ['lo']);
});

/** Tries everything under the list, and says what came of it. */
async function tryUnderList(name: string, { kernel, list }: Subject) {
  const blocked = blockedModules(kernel);
  const stages = [...blockedStages(kernel), ...allowedStages(kernel)];
  return withLoadGuest(name, stages, { list }, async (guest) => {
    await guest.useList('list');
    assert.ok(await guest.hasCards(CARDS.map(({ slot }) => slot)), 'the machine has its cards');
    assert.is(await guest.moduleFiles(), kernel.total);
    const before = stateFindings(await guest.state(), [], blocked);
    for (const stage of stages) await guest.attempt(stage);
    const { outcomes } = guest;
    const asked = await guest.asked();
    const open = unrefused(outcomes);
    const simulated = [];
    for (const module of open.keys())
      simulated.push(...simulationFindings(module, await guest.simulate(module), blocked));
    const end = await guest.state();
    note(
      `${name} list, ${blocked.size} modules blocked:\n${formatFigures(outcomes)}\n${formatReasons(open)}`,
    );
    const findings = [
      ...before,
      ...listFindings(outcomes, blocked, ADDRESSES),
      ...simulated,
      ...outcomes.flatMap((outcome) => unasked(outcome, asked)),
      ...stateFindings(end, outcomes, blocked),
    ];
    return { findings, outcomes, interfaces: end.interfaces };
  });
}

test.run();
