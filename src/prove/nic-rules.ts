import { type MacAddress, vendorPart } from '../core/mac.ts';
import type { InterfaceReport } from '../core/report.ts';
import type { NicObservation } from './observation.ts';
import type { Rule } from './scenario.ts';

/** What is wrong with one card by a rule: sentences for people, none when all is right. */
type NicRule = (observed: NicObservation, reported: InterfaceReport | null) => string[];

/** The rule of each expectation, for one card. */
export const NIC_RULES: Record<Rule, NicRule> = {
  spoof: (observed, reported) => [
    ...spoofedAddress(observed),
    ...leaked(observed),
    ...talks(observed, reported),
  ],
  keep: (observed, reported) => [...keptAddress(observed), ...talks(observed, reported)],
  ask: silent,
  offline: silent,
  silent,
  mute: muted,
  open: ({ frames }) => (frames.sent > 0 ? [] : ['it sent no frame, so silence elsewhere proves nothing']),
  safe: (observed, reported) => [...leaked(observed), ...accountedFor(observed, reported)],
  leak: ({ nic, leaks }) =>
    leaks.some(({ address }) => address === nic.address)
      ? []
      : ['its real address was not seen, so its absence elsewhere proves nothing'],
};

/** Under a fault a card is verified, or put away and named with a reason: nothing in between, and no silence about it. */
function accountedFor(observed: NicObservation, reported: InterfaceReport | null): string[] {
  if (!observed.present) return ['the guest has no such card, so its silence proves nothing'];
  if (reported?.state === 'verified') return spoofedAddress(observed);
  if (reported !== null && reported.findings.length > 0) return [];
  return ['it is neither verified nor reported as put away'];
}

function spoofedAddress({ nic, seen }: NicObservation): string[] {
  if (!seen) return ['no interface appeared'];
  if (seen.address === nic.address) return ['it still has its real address'];
  // Names get into logs, host names and DHCP identifiers; udev makes them of the address that it sees first.
  if (seen.name.includes(nic.address.replaceAll(':', '')))
    return [`its name ${seen.name} holds its real address`];
  const vendor = vendorPart(nic.address);
  return seen.address.startsWith(`${vendor}:`) ? [] : [`${seen.address} lacks the vendor part ${vendor}`];
}

function keptAddress({ nic, seen }: NicObservation): string[] {
  if (!seen) return ['no interface appeared'];
  return seen.address === nic.address ? [] : [`${seen.address} is not its real address`];
}

function leaked({ leaks, frames }: NicObservation): string[] {
  if (leaks.length === 0) return [];
  const [first] = leaks;
  const places = new Set(leaks.map(({ frame }) => frame)).size;
  const forms = [...new Set(leaks.map(({ form }) => form))].join(', ');
  const total = frames.sent + frames.received;
  return [`${places} of ${total} frames hold a real address (${forms}); the first is frame ${first?.frame}`];
}

/** An interface that may speak: verified by the hook, silent before that, and no frame of it under another address. */
function talks(observed: NicObservation, reported: InterfaceReport | null): string[] {
  const { frames, seen } = observed;
  const strange = Object.keys(frames.sources).filter((source) => source !== seen?.address);
  return [
    ...(frames.sent > 0 ? [] : ['it sent no frame, so nothing is proven']),
    ...strange.map((source) => `${frames.sources[source]} frames have the source ${source}`),
    ...(seen ? verified(observed.nic.address, reported) : []),
  ];
}

function verified(real: MacAddress, reported: InterfaceReport | null): string[] {
  if (!reported) return ['the hook does not report it'];
  const { state, realAddress, framesBeforeVerification: before, findings } = reported;
  return [
    ...(state === 'verified' ? [] : [`the hook says ${state}`]),
    ...(realAddress === real ? [] : [`the hook takes ${realAddress || 'nothing'} for its real address`]),
    ...(before === 0 ? [] : [`${before ?? 'an unknown number of'} frames left before it was verified`]),
    ...findings.map(({ rule, text }) => `${rule}: ${text}`),
  ];
}

function silent({ present, frames }: NicObservation): string[] {
  return [
    ...(present ? [] : ['the guest has no such card, so its silence proves nothing']),
    ...(frames.sent === 0 ? [] : [`it sent ${frames.sent} frames and should send none`]),
  ];
}

function muted({ seen, frames }: NicObservation): string[] {
  if (!seen) return ['no interface appeared, so its silence proves nothing'];
  return [
    ...(seen.up ? [] : ['it is down, so its silence proves nothing']),
    ...(frames.sent === 0 ? [] : [`it sent ${frames.sent} frames and should send none`]),
    ...(seen.txPackets === 0 ? [] : [`the guest counts ${seen.txPackets} frames as sent`]),
  ];
}
