import type { Finding } from '../core/report.ts';
import { tellsRealAddress, type WirelessDevice } from '../core/wireless-device.ts';
import { SYS_CLASS_IEEE80211 } from '../paths.ts';
import type { System } from '../system/system.ts';
import { attempt, findingsOf } from './attempt.ts';
import { block, switchesIn } from './rfkill.ts';
import { readDecision } from './state.ts';
import { readAttribute } from './sysfs.ts';

const RULE = 'wireless-device';

/** A device that would send under the real address of its radio, and where the radio is in sysfs. */
interface Telling {
  device: WirelessDevice;
  radio: string;
}

/**
 * Devices of radios that are no interface, so that no address of ours is on them: network managers make them for Wi-Fi
 * Direct, with the real address or one made from it. None under another decision: `keep` wants it so, and else radios are blocked.
 */
export function tellingDevices(system: System): Telling[] {
  if (readDecision(system).decision !== 'spoof') return [];
  const devices = system.wirelessDevices().filter(({ ifindex }) => ifindex === 0);
  if (devices.length === 0) return [];
  const radios = system.listDirectory(SYS_CLASS_IEEE80211).map((name) => `${SYS_CLASS_IEEE80211}/${name}`);
  return devices.flatMap((device) => {
    const radio =
      radios.find((path) => readAttribute(system, `${path}/index`) === String(device.radio)) ?? '';
    const real = radio === '' ? '' : readAttribute(system, `${radio}/macaddress`);
    return tellsRealAddress(device.address, real) ? [{ device, radio }] : [];
  });
}

/** Removes them; the radio of one that stays is blocked, and there is a finding. */
export function removeTellingDevices(system: System): Finding[] {
  return findingsOf(RULE, () => {
    const found = tellingDevices(system);
    if (found.length === 0) return [];
    const refused = found.flatMap(({ device }) =>
      attempt(RULE, () => system.removeWirelessDevice(device.wdev)),
    );
    for (const { text } of refused) system.log('err', text);
    const left = tellingDevices(system);
    const blocked = left.flatMap(({ radio }) =>
      attempt(RULE, () => block(system, switchesIn(system, radio))),
    );
    if (left.length > 0) return [...refused, ...blocked, ...left.map(finding)];
    const radios = [...new Set(found.map(({ radio }) => nameOf(radio)))].join(', ');
    system.log('info', `removed what was made for Wi-Fi Direct with the real address of ${radios}`);
    return [];
  });
}

/** The same in words, for a report; changes nothing. */
export function wirelessDeviceFindings(system: System): Finding[] {
  return findingsOf(RULE, () => tellingDevices(system).map(finding));
}

function finding({ radio }: Telling): Finding {
  const text = `${nameOf(radio)} has a Wi-Fi Direct device whose address tells the radio's real one; "macveil-hook verify" removes it`;
  return { rule: RULE, text };
}

function nameOf(radio: string): string {
  return radio === '' ? 'a radio' : radio.slice(radio.lastIndexOf('/') + 1);
}
