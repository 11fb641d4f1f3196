import { formatMac, type MacAddress } from '../core/mac.ts';

/** One network card model QEMU can put into the machine; `name` is QEMU's device name. */
export interface NicModel {
  name: string;
  /** The Linux driver that serves it, for the table of a guest in which no interface appeared. */
  driver: string;
  /** A globally administered vendor part (IEEE registry) of a maker who sold such cards. */
  vendor: readonly [number, number, number];
  bus: 'pci' | 'usb';
}

/** A card in the machine: `slot` fixes its PCI place, so an interface is matched without trusting its address. */
export interface Nic {
  index: number;
  model: NicModel;
  address: MacAddress;
  slot: number;
  /** Not in the machine when it starts. */
  unplugged: boolean;
}

/** In what a machine's cards differ from one another's ordinary ones; cards are meant by their place in the list, from 0. */
export interface NicPeculiarities {
  /** Cards that are not in the machine when it starts; the step `plug` puts them in. */
  unplugged?: readonly number[];
  /** Cards with one and the same real address, that of the first of them. */
  sameAddress?: readonly number[];
}

/**
 * The cards of a machine unless it is told otherwise: one of every family of QEMU 7.2 that Debian's kernel drives.
 * usb-net forces 40 hex on octet 0 (QEMU, hw/usb/dev-network.c).
 */
export const NIC_MODELS: readonly NicModel[] = [
  { name: 'e1000', driver: 'e1000', vendor: [0x00, 0x0e, 0x0c], bus: 'pci' },
  { name: 'e1000e', driver: 'e1000e', vendor: [0x00, 0x1b, 0x21], bus: 'pci' },
  { name: 'rtl8139', driver: '8139cp', vendor: [0x00, 0xe0, 0x4c], bus: 'pci' },
  { name: 'pcnet', driver: 'pcnet32', vendor: [0x00, 0x00, 0x1a], bus: 'pci' },
  { name: 'ne2k_pci', driver: 'ne2k-pci', vendor: [0x00, 0x40, 0x05], bus: 'pci' },
  { name: 'i82550', driver: 'e100', vendor: [0x00, 0x02, 0xb3], bus: 'pci' },
  { name: 'tulip', driver: 'tulip', vendor: [0x00, 0xc0, 0xf0], bus: 'pci' },
  { name: 'virtio-net-pci', driver: 'virtio_net', vendor: [0x00, 0x16, 0x3e], bus: 'pci' },
  { name: 'vmxnet3', driver: 'vmxnet3', vendor: [0x00, 0x0c, 0x29], bus: 'pci' },
  { name: 'usb-net', driver: 'cdc_ether', vendor: [0x40, 0x61, 0x86], bus: 'usb' },
];

/** Models for images that carry what they need: e100 cannot bring an i82551 up without e100/d102e_ucode.bin (drivers/net/ethernet/intel/e100.c). */
export const FURTHER_MODELS: readonly NicModel[] = [
  { name: 'i82551', driver: 'e100', vendor: [0x00, 0x03, 0x47], bus: 'pci' },
];

/** Every model there is, those a machine has unless it is told otherwise first. */
export const ALL_NIC_MODELS: readonly NicModel[] = [...NIC_MODELS, ...FURTHER_MODELS];

/** Slots 0 to 3 hold the machine's own devices and its disk (QEMU `-machine pc`). */
const FIRST_SLOT = 8;
/** A PCI bus has 32 slots (PCI Local Bus Specification 3.0, 3.2.2.3.2). */
const SLOTS = 32;
/** How many cards a machine has room for. */
export const MAX_NICS = SLOTS - FIRST_SLOT;
/** The card's own half: distinctive octets, so that a search cannot hit them by chance in padding or counters. */
const CARD_HALF = [0xa7, 0x5e] as const;
const CARD_BASE = 0xc1;

/** The cards of a machine with these models, each with its own PCI slot and, unless told otherwise, its own known address. */
export function makeNics(
  models: readonly NicModel[] = NIC_MODELS,
  { unplugged = [], sameAddress = [] }: NicPeculiarities = {},
): Nic[] {
  const nics = models.map((model, index) => ({
    index,
    model,
    address: formatMac([...model.vendor, ...CARD_HALF, CARD_BASE + index]),
    slot: FIRST_SLOT + index,
    unplugged: unplugged.includes(index),
  }));
  const shared = nics[sameAddress[0] ?? -1]?.address;
  return nics.map((nic) => (shared && sameAddress.includes(nic.index) ? { ...nic, address: shared } : nic));
}

/** Reads a comma-separated list of model names; the unknown names come back beside the models. */
export function parseNicModels(list: string): { models: NicModel[]; unknown: string[] } {
  const names = list.split(',').map((name) => name.trim());
  const models = names.flatMap((name) => ALL_NIC_MODELS.filter((model) => model.name === name));
  const unknown = names.filter((name) => !models.some((model) => model.name === name));
  return { models, unknown };
}
