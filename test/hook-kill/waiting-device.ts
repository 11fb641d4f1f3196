// A device of world.sh that waits for its driver, and what unblock calls to get it one.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { MASK } from '../../src/paths.ts';
import { HOOK, INTERFACES } from './card.ts';
import { CARD_ADDRESS } from './trial.ts';

const DEVICE = '/sys/bus/test/devices/0';
/** The only folder of programs in the world that is not the host's. */
const PROGRAMS = '/run/bin';
const CARD = `${INTERFACES}/card`;

/** modprobe brings the card where the blocklist does not keep it from that; whoever waits for udev finds it handled. */
export function addWaitingDevice(): void {
  mkdirSync(DEVICE, { recursive: true });
  writeFileSync(`${DEVICE}/modalias`, 'test:card\n');
  addProgram(
    'modprobe',
    `[ -e ${MASK} ] && [ ! -e ${CARD} ] || exit 0
ip tuntap add dev card mode tap && ip link set dev card address ${CARD_ADDRESS}`,
  );
  addProgram('udevadm', `[ ! -e ${CARD} ] || exec ${HOOK} net-add "$(cat ${CARD}/ifindex)"`);
}

function addProgram(name: string, body: string): void {
  writeFileSync(`${PROGRAMS}/${name}`, `#!/bin/sh\n${body}\n`);
  chmodSync(`${PROGRAMS}/${name}`, 0o755);
}
