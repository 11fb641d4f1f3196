/** A MAC-48 address in canonical text: six lower-case hex octets joined by colons (IEEE 802-2014, 8.2). */
export type MacAddress = string & { readonly __brand: 'MacAddress' };

const ADDRESS_LENGTH = 6;
const VENDOR_LENGTH = 3;
const MULTICAST_BIT = 0x01;
const LOCAL_BIT = 0x02;
const TEXT = /^[0-9a-f]{2}([:-]?)(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$/;

/** Reads an address with colons, dashes or no separator, in either case; null when it is not a MAC-48 address. */
export function parseMac(text: string): MacAddress | null {
  const lower = text.trim().toLowerCase();
  if (!TEXT.test(lower)) return null;
  return formatMac(hexBytes(lower.replace(/[:-]/g, '')));
}

/** Writes six octets in canonical form; throws a RangeError for any other number of octets. */
export function formatMac(bytes: ArrayLike<number>): MacAddress {
  if (bytes.length !== ADDRESS_LENGTH)
    throw new RangeError(`a MAC address has 6 octets, not ${bytes.length}`);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':') as MacAddress;
}

/** The six octets of an address. */
export function macBytes(address: MacAddress): Uint8Array {
  return hexBytes(address.replaceAll(':', ''));
}

/** True for an address a card can own: not multicast (the group bit of octet 0) and not all zero. */
export function isUnicastMac(address: MacAddress): boolean {
  const bytes = macBytes(address);
  return ((bytes[0] ?? 0) & MULTICAST_BIT) === 0 && bytes.some((byte) => byte !== 0);
}

/** True for an address nobody was assigned: the universal/local bit of octet 0 is set (IEEE 802-2014, 8.2.2). */
export function isLocalMac(address: MacAddress): boolean {
  return ((macBytes(address)[0] ?? 0) & LOCAL_BIT) !== 0;
}

/** The vendor part (OUI): the first three octets, in canonical form. */
export function vendorPart(address: MacAddress): string {
  return address.slice(0, VENDOR_LENGTH * 3 - 1);
}

/** The card's own part: the last three octets, in canonical form. */
export function cardPart(address: MacAddress): string {
  return address.slice(VENDOR_LENGTH * 3);
}

/**
 * An ordinary-looking address: the vendor part of `real`, bit for bit, and 24 bits of `random`; null when `random`
 * (used three octets at a time) holds nothing that differs from `real` and from every address in `taken`.
 */
export function deriveMac(
  real: MacAddress,
  random: Uint8Array,
  taken: ReadonlySet<string>,
): MacAddress | null {
  const vendor = macBytes(real).subarray(0, VENDOR_LENGTH);
  for (let at = 0; at + VENDOR_LENGTH <= random.length; at += VENDOR_LENGTH) {
    const candidate = formatMac([...vendor, ...random.subarray(at, at + VENDOR_LENGTH)]);
    if (candidate !== real && !taken.has(candidate)) return candidate;
  }
  return null;
}

function hexBytes(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
}
