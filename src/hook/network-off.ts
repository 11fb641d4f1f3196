import type { DecisionState } from '../core/decision.ts';
import { nameOfInterface } from '../core/format.ts';
import type { InterfaceFacts } from '../core/link.ts';
import { dropsAll } from '../core/mute.ts';
import { MASK } from '../paths.ts';
import type { System } from '../system/system.ts';
import { attempt } from './attempt.ts';
import { readInterfaces } from './inventory.ts';
import { areManagersMasked, runningManagers, stopManagers } from './managers.ts';
import { blockRadios } from './radios.ts';
import { readDecision, writeDecision } from './state.ts';
import { retriggerInterface } from './uevent.ts';
import { silence } from './voice.ts';

/**
 * The last rung: from now on the decision is `offline`, for good, so that whatever appears is held; drivers that are not
 * loaded stay so, no manager runs or can be started, and every card is down and mute. Each step stands for itself: one
 * that is refused spares none of the others.
 */
export function shutNetworking(system: System, culprit: InterfaceFacts): void {
  const reason = `${nameOfInterface(culprit)} could not be put away; all networking is off until power-off`;
  const offline: DecisionState = { decision: 'offline', source: 'panic', reason };
  const steps = [
    () => writeDecision(system, offline),
    () => system.removeFile(MASK),
    () => stopManagers(system),
    () => blockRadios(system),
    ...cards(system).map((facts) => () => silence(system, facts)),
    ...cards(system).map(
      ({ name }) =>
        () =>
          retriggerInterface(system, name),
    ),
  ];
  for (const step of steps)
    for (const { text } of attempt('all-off', step)) system.log('err', `all networking off: ${text}`);
}

/** True when all of it holds, whatever was claimed. */
export function isNetworkOff(system: System): boolean {
  return (
    readDecision(system).source === 'panic' &&
    !system.exists(MASK) &&
    areManagersMasked(system) &&
    runningManagers(system).length === 0 &&
    cards(system).every((facts) => !facts.up && dropsAll(facts))
  );
}

function cards(system: System): InterfaceFacts[] {
  return readInterfaces(system).filter(({ physical }) => physical);
}
