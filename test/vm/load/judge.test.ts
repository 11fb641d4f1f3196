import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  entries,
  listFindings,
  simulationFindings,
  stateFindings,
  unasked,
  unexplained,
  unloadable,
  unrefused,
} from './judge.ts';
import type { Stage } from './stages.ts';
import { type Outcome, parseTrials } from './trials.ts';

const STAGE: Stage = {
  name: 'by name',
  command: 'modprobe -a',
  words: ['e1000'],
  batch: 1,
  refused: false,
  asks: '',
};
const BLOCKED = new Set(['e1000', 'cfg80211']);
const CARD = '00:0e:0c:a7:5e:c1';

const outcome = (output: string, stage: Partial<Stage> = {}): Outcome => {
  const whole = { ...STAGE, ...stage };
  return { stage: whole, trials: parseTrials(whole, output), seconds: 1 };
};
const findings = (output: string, stage: Partial<Stage> = {}) =>
  listFindings([outcome(output, stage)], BLOCKED, new Set([CARD]));

const REFUSED = [
  'tried 1 modprobe -a e1000',
  "said modprobe: ERROR: Error running install command '/bin/false' for module e1000: retcode 1",
  "said modprobe: ERROR: could not insert 'e1000': Invalid argument",
];

test('a stage in which the list refused every module has no findings', () => {
  assert.equal(findings(REFUSED.join('\n'), { refused: true }), []);
  assert.is(unrefused([outcome(REFUSED.join('\n'), { refused: true })]).size, 0);
});

test('a blocked module that was loaded is named with the way it came in', () => {
  const [first] = findings('tried 0 modprobe -a e1000\nmodule mdio\nmodule e1000\n');
  assert.is(first, 'e1000 was let in by name: modprobe -a e1000');
});

test('a driver that ran and found no hardware was let in, too', () => {
  const ran = 'tried 1 modprobe -a e1000\nprinted insmod /lib/modules/6.12/kernel/e1000.ko.xz \n';
  assert.equal(findings(ran), ['e1000 was let in by name: modprobe -a e1000']);
});

test('what failed for another reason than the list is not refused', () => {
  const failed = "tried 1 modprobe -a e1000\nsaid modprobe: ERROR: could not insert 'e1000': No such device";
  assert.equal([...unrefused([outcome(failed, { refused: true })])], [['e1000', 'No such device']]);
  const silent = outcome('tried 0 modprobe -a e1000\n', { refused: true });
  assert.equal([...unrefused([silent]).keys()], ['e1000']);
});

test('a simulated load must end at the command of the list', () => {
  const insmod = (name: string) => `insmod /lib/modules/6.12/kernel/${name}.ko.xz `;
  assert.equal(simulationFindings('e1000', [insmod('mdio'), 'install /bin/false '], BLOCKED), []);
  assert.is(simulationFindings('e1000', [insmod('mdio'), 'install /bin/true '], BLOCKED).length, 1);
  assert.is(simulationFindings('e1000', [insmod('cfg80211'), 'install /bin/false '], BLOCKED).length, 1);
  assert.is(simulationFindings('e1000', [insmod('e1000')], BLOCKED).length, 2);
});

test('a word that was not tried is a finding', () => {
  assert.equal(findings('tried 0 modprobe -a e100\n'), ['by name: e1000 was not tried']);
});

test('a word that means no module is a finding', () => {
  const said = 'said modprobe: WARNING: Module e1000 not found in directory /lib/modules/6.12';
  assert.equal(findings(`tried 1 modprobe -a e1000\n${said}\n`), ['by name: e1000 means no module']);
});

test('a run that was killed or did not end is a finding', () => {
  for (const status of [124, 137]) {
    const expected = [`by name: exit status ${status} with e1000`];
    assert.equal(findings(`tried ${status} modprobe -a e1000\n`), expected);
  }
});

test('an interface that a virtual module is known for is none', () => {
  assert.equal(findings('tried 0 modprobe -a e1000\nmodule sit\ninterface sit0 00:00:00:00 \n'), []);
});

test('an interface of no virtual module, with a driver or with the address of a card is a finding', () => {
  const sit = 'tried 0 modprobe -a e1000\nmodule sit\n';
  assert.is(findings(`${sit}interface eth0 00:00:00:00 \n`).length, 1);
  assert.is(findings(`${sit}interface sit0 00:00:00:00 e1000\n`).length, 1);
  assert.is(findings(`${sit}interface sit0 ${CARD} \n`).length, 1);
  assert.is(findings('tried 0 modprobe -a e1000\ninterface sit0 00:00:00:00 \n').length, 1);
});

test('a line that try.sh does not print is an error', () => {
  assert.throws(() => outcome('module e1000\n'), /unreadable line/);
  assert.throws(() => outcome('tried 0 modprobe -a e1000\nsh: not found\n'), /unreadable line/);
});

test('a kind that the kernel did not ask for is a finding', () => {
  const asking = outcome('tried 2 modprobe -a vlan\n', { words: ['vlan'], asks: 'rtnl-link-' });
  assert.equal(unasked(asking, ['-q -- rtnl-link-vlan']), []);
  assert.is(unasked(asking, ['-q -- rtnl-link-vlan2']).length, 1);
});

test('what is there is a finding even if no run showed it', () => {
  const clean = { modules: ['loop'], interfaces: ['lo'] };
  assert.equal(stateFindings(clean, [], BLOCKED), []);
  assert.is(stateFindings({ ...clean, modules: ['loop', 'e1000'] }, [], BLOCKED).length, 1);
  assert.is(stateFindings({ ...clean, interfaces: ['lo', 'eth0'] }, [], BLOCKED).length, 1);
  assert.is(stateFindings({ modules: [], interfaces: [] }, [], BLOCKED).length, 2);
});

test('without a list a module either loads or kmod says why not', () => {
  const said = "said modprobe: ERROR: could not insert 'cfg80211': No such device";
  const control = outcome(`tried 1 modprobe -a e1000\nmodule e1000\ninterface eth0 ${CARD} e1000\n${said}\n`);
  assert.equal(unexplained([control], BLOCKED), []);
  assert.equal([...unloadable([control], BLOCKED).keys()], ['cfg80211']);
  assert.is(entries(control, BLOCKED), 2);
  assert.is(unexplained([outcome('tried 0 modprobe -a e1000\n')], BLOCKED).length, 2);
});

test.run();
