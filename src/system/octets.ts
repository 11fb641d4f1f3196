import { SystemError } from './system.ts';

const OCTETS = /^[0-9a-f]{2}(:[0-9a-f]{2})*$/i;

const ETHERNET_LENGTH = 6;

/** The bytes of Ethernet addresses, one after the other; EINVAL when one is none. */
export function ethernetOctets(addresses: string[], what: string): Uint8Array<ArrayBuffer> {
  const all = addresses.map((address) => octets(address, what));
  if (all.some((one) => one.length !== ETHERNET_LENGTH)) throw new SystemError(what, 'EINVAL');
  return Uint8Array.from(all.flatMap((one) => [...one]));
}

/** The bytes of a hardware address of any length; EINVAL when the text is none. */
export function octets(address: string, what: string): Uint8Array<ArrayBuffer> {
  if (!OCTETS.test(address)) throw new SystemError(what, 'EINVAL');
  return Uint8Array.from(address.split(':'), (octet) => Number.parseInt(octet, 16));
}
