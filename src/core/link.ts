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
  /** IFLA_MASTER: ifindex of the bridge, bond or team it is a part of; 0 for none. */
  master: number;
  /** IFLA_INFO_KIND ('bridge', 'tun', ...); '' for devices of a driver. */
  kind: string;
  /** IFLA_QDISC: the root qdisc; 'noop' until an interface is first brought up or given one. */
  qdisc: string;
  /** IFLA_NUM_TX_QUEUES. */
  txQueues: number;
  /** Frames sent so far, IFLA_STATS64. */
  txPackets: number;
}

/** ARPHRD_ETHER of linux/if_arp.h. */
export const ARPHRD_ETHER = 1;
/** Ethernet, and a radio in monitor mode (ARPHRD_IEEE80211, _PRISM, _RADIOTAP): all have six octets. */
export const CHANGEABLE_TYPES: ReadonlySet<number> = new Set([ARPHRD_ETHER, 801, 802, 803]);

/** A link with what sysfs and the firmware tables add: everything `plan` and `verify` look at. */
export interface InterfaceFacts extends Link {
  /** False for interfaces without a device behind them (bridge, veth, tun): nothing of theirs is real hardware. */
  physical: boolean;
  /** True when a radio is behind it; those of mac80211 have no qdisc (IFF_NO_QUEUE), those of others may. */
  wireless: boolean;
  /** Kinds of the qdiscs that frames end up in: the root one, or those below the kernel's mq, one a queue. */
  leafQdiscs: string[];
  /** Where the device is in sysfs, '' for virtual interfaces; interfaces of one device share it. */
  device: string;
  /** Driver bound to the device, '' when unknown. */
  driver: string;
  /** sysfs addr_assign_type: 0 permanent, 1 random, 2 stolen, 3 set. */
  assignType: number;
  /** Vendor and model for people, '' when unknown. */
  model: string;
}

/** The address the hardware answers to: the permanent one, else `address` as it was before any change; '' if none. */
export type RealAddress = MacAddress | '';
