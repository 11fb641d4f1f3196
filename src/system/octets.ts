import { SystemError } from './system.ts';

const OCTETS = /^[0-9a-f]{2}(:[0-9a-f]{2})*$/i;

/** The bytes of a hardware address of any length; EINVAL when the text is none. */
export function octets(address: string, what: string): Uint8Array<ArrayBuffer> {
  if (!OCTETS.test(address)) throw new SystemError(what, 'EINVAL');
  return Uint8Array.from(address.split(':'), (octet) => Number.parseInt(octet, 16));
}
