// Runs in world.sh: unblocks.ts PROGRAM FIRST STEP; one JSON line a trial.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { DEFAULT_QDISC, MASK, RUN_MODPROBE_DIR, RUN_SYSCTL } from '../../src/paths.ts';
import { HOOK, lookForCard, removeCard, run, runUnderFaults } from './card.ts';
import { faultAt, killAtEveryCall, struckBy } from './every-call.ts';
import type { Gate, UnblockTrial } from './trial.ts';
import { addWaitingDevice } from './waiting-device.ts';

const PROCESSES = '/proc';

const [program = '', first = '', step = ''] = process.argv.slice(2);

addWaitingDevice();
killAtEveryCall(Number(first), Number(step), trial);

/** A boot from the decision on: the program is killed at its `at`-th call, the hook unblocks again, the card goes. */
function trial(at: number | null): UnblockTrial {
  closeGate();
  const log = runUnderFaults([faultAt(at)], program, ['unblock']);
  awaitOthers();
  const gate = lookAtGate();
  const killed = lookForCard();
  run(HOOK, ['unblock']);
  const after = lookForCard();
  if (after) removeCard(after.ifindex);
  return { ...struckBy(at, log), gate, killed, after };
}

/** Nothing is unblocked, and something of the root has set another default for new interfaces meanwhile. */
function closeGate(): void {
  rmSync(MASK, { force: true });
  rmSync(RUN_SYSCTL, { force: true });
  mkdirSync(RUN_MODPROBE_DIR, { recursive: true });
  writeFileSync(DEFAULT_QDISC, 'fq_codel\n');
}

function lookAtGate(): Gate {
  return {
    unblocked: existsSync(MASK),
    mute: readFileSync(DEFAULT_QDISC, 'utf8').trim(),
    sysctl: existsSync(RUN_SYSCTL) ? readFileSync(RUN_SYSCTL, 'utf8') : '',
  };
}

/** What a killed hook had started goes on without it; this process is the first one of its world, and sees all others. */
function awaitOthers(): void {
  while (readdirSync(PROCESSES).some(isAlive));
}

function isAlive(pid: string): boolean {
  if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
  try {
    return !/^State:\s+Z/m.test(readFileSync(`${PROCESSES}/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
