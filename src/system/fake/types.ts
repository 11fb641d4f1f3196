import type { GuardState } from '../../core/guard.ts';
import type { Link } from '../../core/link.ts';
import type { Qdisc } from '../system.ts';

/** A device on a bus, and the driver that makes an interface of it. */
export interface FakeDevice {
  bus: string;
  /** Its name on the bus, for example 0000:00:03.0. */
  id: string;
  driver: string;
  /** The kernel module of the driver; '' when the driver is built in. */
  module: string;
  modalias: string;
  /** Further attribute files of the device (vendor, device, uevent, ...). */
  attributes?: Record<string, string>;
}

/** An interface of the machine, or one that appears when the driver of its device is loaded. */
export interface FakeInterface extends Partial<Omit<Link, 'ifindex'>> {
  name: string;
  device?: FakeDevice;
  /** False: its driver is not loaded yet. */
  loaded?: boolean;
  /** True for devices with IFF_NO_QUEUE: they get `noqueue` when they come up. */
  queueless?: boolean;
  /** True for drivers without IFF_LIVE_ADDR_CHANGE: an address change while up ends in EBUSY. */
  fixedWhileUp?: boolean;
  wireless?: boolean;
  /** Its qdiscs at the beginning, besides or with the root one; for an `mq` without any: the default ones below it. */
  qdiscs?: Qdisc[];
}

/** A present interface: what the kernel says of it, and what the fake knows besides. */
export interface FakeLink extends Link {
  assignType: number;
  origin: FakeInterface;
  /** The radio behind a wireless interface. */
  radio: { blocked: boolean };
  /** Its qdiscs, the root one under TC_ROOT; a single root qdisc may be told by `qdisc` alone. */
  qdiscs: Qdisc[];
  /** Its egress guard; null when it has none. */
  guard: FakeGuard | null;
}

/** A guard bound to an interface, whatever its name is. */
export type FakeGuard = Pick<GuardState, 'addresses' | 'closed' | 'dropped'>;
