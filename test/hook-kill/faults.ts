// Runs in world.sh: faults.ts JSON, a list of lists of faults; one JSON line for each.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { HOOK, look, makeCard, removeCard, runUnderFaults } from './card.ts';
import { CARD_ADDRESS, type Faulty } from './trial.ts';

/** What the driver is told to let go of; a file of world.sh. */
const UNBIND = '/run/drivers/tap/unbind';

/** The last rung of the ladder decides for good; the next card is to meet the decision that world.sh made. */
const DECISION = '/run/macveil/decision.json';
const decided = readFileSync(DECISION, 'utf8');

for (const faults of JSON.parse(process.argv[2] ?? '[]') as string[][]) {
  const ifindex = makeCard('card', CARD_ADDRESS);
  writeFileSync(UNBIND, '');
  writeFileSync(DECISION, decided);
  // Or this card would be one that failed before and is back.
  rmSync('/run/macveil/interfaces', { recursive: true, force: true });
  const log = runUnderFaults(faults, HOOK, ['net-add', String(ifindex)]);
  const one: Faulty = { log, after: look(ifindex), unbound: readFileSync(UNBIND, 'utf8') };
  process.stdout.write(`${JSON.stringify(one)}\n`);
  removeCard(ifindex);
}
