import { BLOCKLIST, HOOK } from '../../src/paths.ts';
import type { OverlayFile } from '../../src/prove/overlay.ts';
import type { Step } from '../../src/prove/scenario.ts';
import { replaceHook, run } from './commands.ts';

/** The real hook, once `replaceHook` has put something in its place. */
export const REAL_HOOK = `${HOOK}.real`;
/** The fault injector in the machine, see test/vm/tamper/tamper.c. */
const TAMPER = '/usr/lib/macveil/tamper';
/** Puts it there. */
export const TAMPER_OVERLAY: OverlayFile[] = [{ from: '.cache/tamper/tamper', to: TAMPER }];
/** Logs of the injector, one a driver; not in /run, which one fault fills up. */
const LOGS = '/tamper-logs';

/** The faults of a card's net-add, by the driver of the card; among them may be options of the injector. */
export type FaultsByDriver = Record<string, string[]>;

/**
 * The net-add of each of these drivers' cards runs under its faults, and whatever else the hook does under those of
 * `always`; `before` is shell that comes first for every interface, whose place in sysfs is $n.
 */
export const tamperNetAdd = (faults: FaultsByDriver, before = '', always: string[] = []): Step =>
  replaceHook(`mkdir -p ${LOGS}
if [ "$1" = net-add ]; then
  for n in /sys/class/net/*; do [ "$(cat "$n/ifindex")" = "$2" ] && break; done
  ${before}
  driver=$(readlink -f "$n/device/driver")
  case \${driver##*/} in
${Object.entries(faults).map(tamperCase).join('\n')}
  esac
fi
exec ${always.length > 0 ? `${TAMPER} ${always.join(' ')} -- ` : ''}${REAL_HOOK} "$@"`);

const tamperCase = ([driver, faults]: [string, string[]]) =>
  `  ${driver}) exec ${TAMPER} --log ${LOGS}/${driver} ${faults.join(' ')} -- ${REAL_HOOK} "$@" ;;`;

/** Shell of `tamperNetAdd`: somebody brings the interface up before the hook sees it. */
export const BRING_UP_FIRST = `ip link set "\${n##*/}" up`;

/** Each fault was really applied: no scenario may hold because its fault never struck. */
export const struck = (faults: FaultsByDriver): Step =>
  run(
    Object.entries(faults)
      .flatMap(([driver, ofDriver]) => ofDriver.filter(isFault).map((fault) => logHas(driver, fault)))
      .join(' &&\n'),
  );

const isFault = (word: string) => !word.startsWith('--');

const logHas = (log: string, fault: string) =>
  `{ grep -qxF 'applied ${fault}' ${LOGS}/${log} || { echo '${log}: ${fault} never struck'; false; }; }`;

/** A command of the hook that is killed at this place; it must have been killed there. */
export const killed = (command: string, place: string): Step =>
  run(`mkdir -p ${LOGS}
${TAMPER} --log ${LOGS}/killed ${place} -- ${HOOK} ${command} >/dev/null 2>&1
[ $? = 137 ] && grep -qxF 'applied ${place}' ${LOGS}/killed`);

/** All that the injector wrote, for the evidence of a scenario that fails. */
export const SHOW_LOGS = run(`cat ${LOGS}/* >/dev/console`);

/** Takes the protection away: no hook any more, interfaces that are born with a voice, and every card brought back. */
export const UNPROTECT: Step = run(`printf '#!/bin/sh\\nexit 0\\n' >${HOOK}
echo pfifo_fast >/proc/sys/net/core/default_qdisc
for n in /sys/class/net/*/device; do
  [ -e "$n" ] || continue
  device=$(readlink -f "$n") && driver=$(readlink -f "$n/driver")
  echo "\${device##*/}" >"$driver/unbind"
done
for override in /sys/bus/*/devices/*/driver_override; do echo >"$override"; done
for bus in pci virtio usb; do
  for device in /sys/bus/$bus/devices/*; do
    [ -e "$device/driver" ] || echo "\${device##*/}" >/sys/bus/$bus/drivers_probe || :
  done
done 2>/dev/null
rm -f /run/modprobe.d/* ${BLOCKLIST}
modprobe -abq $(cat /sys/bus/*/devices/*/modalias) || :`);

/** Shell that takes all room of the file system at /run. */
export const fillRun = 'dd if=/dev/zero of=/run/filler bs=4k 2>/dev/null || :';

/** The same for udev's workers: one fills it, the others wait for that, at the longest until udev ends them. */
export const fillRunOnce = `mkdir /filling 2>/dev/null && { ${fillRun}; mv /filling /filled; }
until [ -e /filled ]; do sleep 0.1; done`;
