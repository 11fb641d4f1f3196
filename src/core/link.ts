import type { MacAddress } from './mac.ts';

/** What rtnetlink tells of one interface (rtnetlink(7), linux/if_link.h). */
export interface Link {
  ifindex: number;
  name: string;
  /** ARPHRD_* of linux/if_arp.h; 1 is Ethernet and Wi-Fi in managed mode. */
  type: number;
  /** IFLA_ADDRESS as lower-case hex octets joined by colons, of any length; '' when the interface has none. */
  address: string;
  /** IFLA_PERM_ADDRESS in the same form; '' when the driver reports none. */
  permanentAddress: string;
  /** IFF_UP. */
  up: boolean;
  /** IFLA_INFO_KIND ('bridge', 'tun', ...); '' for devices of a driver. */
  kind: string;
  /** IFLA_QDISC: the root qdisc; 'noop' until an interface is first brought up or given one. */
  qdisc: string;
  /** IFLA_NUM_TX_QUEUES. */
  txQueues: number;
  /** Frames sent so far, IFLA_STATS64. */
  txPackets: number;
}

/** ARPHRD_ETHER. */
export const ARPHRD_ETHER = 1;

/** A link with what sysfs and the firmware tables add: everything `plan` and `verify` look at. */
export interface InterfaceFacts extends Link {
  /** False for interfaces without a device behind them (bridge, veth, tun): nothing of theirs is real hardware. */
  physical: boolean;
  /** True when a mac80211 or cfg80211 radio is behind it; such devices have no qdisc (IFF_NO_QUEUE). */
  wireless: boolean;
  /** Driver bound to the device, '' when unknown. */
  driver: string;
  /** sysfs addr_assign_type: 0 permanent, 1 random, 2 stolen, 3 set. */
  assignType: number;
  /** Vendor and model for people, '' when unknown. */
  model: string;
}

/** The address the hardware answers to: the permanent one, else `address` as it was before any change; '' if none. */
export type RealAddress = MacAddress | '';
