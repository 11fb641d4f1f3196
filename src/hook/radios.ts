import type { InterfaceFacts } from '../core/link.ts';
import type { Finding } from '../core/report.ts';
import { RFKILL_DEVICE, SYS_CLASS_NET, SYS_CLASS_RFKILL } from '../paths.ts';
import { type System, SystemError } from '../system/system.ts';
import { attempt, findingsOf } from './attempt.ts';
import { BLOCKED, block, switchesIn, UNBLOCKED } from './rfkill.ts';
import { readAttribute } from './sysfs.ts';
import { removeTellingDevices } from './wireless-devices.ts';

/** struct rfkill_event of linux/rfkill.h: index 0, RFKILL_TYPE_WLAN, RFKILL_OP_CHANGE_ALL, soft 1, hard 0. */
const BLOCK_ALL_WLAN = '\0\0\0\0\x01\x03\x01\0';

/**
 * Blocks every Wi-Fi radio, those that appear later too: the kernel keeps it as the state of new ones, and refuses to
 * bring an interface of a blocked radio up (ERFKILL). To a radio this is what the mute default is to a card.
 */
export function blockRadios(system: System): void {
  if (system.exists(RFKILL_DEVICE)) system.writeAttribute(RFKILL_DEVICE, BLOCK_ALL_WLAN);
}

/** Blocks the radio of one interface; nothing to do for what is no radio. */
export function blockRadio(system: System, facts: InterfaceFacts): void {
  block(system, switchesOf(system, facts));
}

/** True for a blocked radio, and for an interface that has none. */
export function isRadioBlocked(system: System, facts: InterfaceFacts): boolean {
  if (!facts.wireless) return true;
  const switches = switchesOf(system, facts);
  return switches.length > 0 && switches.every((one) => readAttribute(system, `${one}/soft`) === BLOCKED);
}

/**
 * Takes the block of a verified radio away, and that of switches which stand for no radio in particular (laptops have them);
 * not before what some program made on a blocked radio is gone as well, if it tells the real address.
 */
export function allowRadio(system: System, facts: InterfaceFacts): Finding[] {
  if (!facts.wireless) return [];
  const telling = removeTellingDevices(system);
  if (telling.length > 0) return telling;
  const own = switchesOf(system, facts);
  const switches = [...own, ...wlanSwitches(system).filter((one) => !isOfRadio(system, one))];
  const refused = switches.flatMap((one) =>
    attempt('radio', () => system.writeAttribute(`${one}/soft`, UNBLOCKED)),
  );
  const left = findingsOf('radio', () => {
    if (own.every((one) => readAttribute(system, `${one}/soft`) === UNBLOCKED)) return [];
    return [{ rule: 'radio', text: 'its radio stays blocked' }];
  });
  return left.length === 0 ? [] : [...refused, ...left];
}

/** The switches of the radio behind an interface; none of what is no radio. */
function switchesOf(system: System, { name, wireless }: InterfaceFacts): string[] {
  const radio = `${SYS_CLASS_NET}/${name}/phy80211`;
  return wireless && system.exists(radio) ? switchesIn(system, radio) : [];
}

function wlanSwitches(system: System): string[] {
  if (!system.exists(SYS_CLASS_RFKILL)) return [];
  const all = system.listDirectory(SYS_CLASS_RFKILL).map((name) => `${SYS_CLASS_RFKILL}/${name}`);
  return all.filter((one) => readAttribute(system, `${one}/type`) === 'wlan');
}

function isOfRadio(system: System, rfkill: string): boolean {
  try {
    return /\/ieee80211\/|\/phy\d+$/.test(system.readLink(`${rfkill}/device`));
  } catch (error) {
    if (error instanceof SystemError) return false;
    throw error;
  }
}
