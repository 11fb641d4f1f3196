// Runs in world.sh: trials.ts PROGRAM SWEEP FIRST STEP; one JSON line a trial.
import process from 'node:process';
import { HOOK, ip, look, makeCard, removeCard, run, runUnderFaults } from './card.ts';
import { faultAt, killAtEveryCall, struckBy } from './every-call.ts';
import type { Sight } from './judge.ts';
import { CARD_ADDRESS, type Trial } from './trial.ts';

const NEIGHBOUR_ADDRESS = '00:1b:21:a7:5e:c2';

const [program = '', sweep = '', first = '', step = ''] = process.argv.slice(2);

run(HOOK, ['net-add', String(makeCard('neighbour', NEIGHBOUR_ADDRESS))]);
killAtEveryCall(Number(first), Number(step), trial);

/** One life of a card: it appears, the program is killed at its `at`-th call, the hook looks again, it goes. */
function trial(at: number | null): Trial {
  const ifindex = makeCard('card', CARD_ADDRESS);
  const log = runUnderFaults([faultAt(at)], program, ['net-add', String(ifindex)]);
  const killed = look(ifindex);
  if (sweep === 'verify') bringUp(killed);
  run(HOOK, sweep === 'verify' ? ['verify'] : ['net-add', String(ifindex)]);
  const after = look(ifindex);
  removeCard(ifindex);
  return { ...struckBy(at, log), killed, after };
}

/** As a manager would; the first activation gives it the qdisc of the mute default. */
function bringUp({ qdisc }: Sight): void {
  if (qdisc === 'noop') run('tc', ['qdisc', 'replace', 'dev', 'card', 'root', 'blackhole']);
  ip('link set dev card up');
}
