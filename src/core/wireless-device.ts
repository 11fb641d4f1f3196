import { isLocalMac, parseMac } from './mac.ts';

/**
 * A wireless device of cfg80211 (struct wireless_dev, net/cfg80211.h). Most are network interfaces; those of Wi-Fi Direct
 * (P2P-device) and NAN send frames without being one.
 */
export interface WirelessDevice {
  /** Its identifier (NL80211_ATTR_WDEV). */
  wdev: number;
  /** Number of its radio (NL80211_ATTR_WIPHY). */
  radio: number;
  /** Its interface; 0 when it is none. */
  ifindex: number;
  address: string;
}

/**
 * True when a device's address tells the radio's real one. cfg80211 and drivers make it from that: the same, the next
 * number, or some bits of the first octet and the last ones changed (ieee80211_assign_perm_addr of net/mac80211/iface.c).
 * What was chosen at random for the device alone (p2p_device_random_mac_addr of wpa_supplicant.conf) tells nothing.
 */
export function tellsRealAddress(address: string, real: string): boolean {
  const [own, radio] = [parseMac(address), parseMac(real)];
  if (own === null || radio === null || !isLocalMac(own)) return true;
  return middle(own) === middle(radio);
}

/** The second and third octet. */
function middle(address: string): string {
  return address.slice(3, 8);
}
