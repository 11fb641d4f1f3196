import type { Link } from '../../core/link.ts';

/** What `ip -d -s -j link` says of one interface, as far as it is used (ip-link(8)). */
interface IpLink {
  ifindex: number;
  ifname: string;
  flags: string[];
  link_type: string;
  address?: string;
  permaddr?: string;
  /** By name: the only thing ip tells of it. */
  master?: string;
  qdisc?: string;
  num_tx_queues?: number;
  linkinfo?: { info_kind?: string };
  stats64?: { tx: { packets: number } };
}

/** ARPHRD_* by the names of iproute2 (lib/ll_types.c); others are told by their number there. */
const TYPES: Record<string, number> = { ether: 1, none: 65534, loopback: 772, sit: 776, ieee802154: 804 };

/** Links in ifindex order from the JSON text of `ip -d -s -j link show`. */
export function parseLinks(json: string): Link[] {
  const found = JSON.parse(json || '[]') as IpLink[];
  const indexes = new Map(found.map(({ ifname, ifindex }) => [ifname, ifindex]));
  const indexOf = (name: string | undefined) => (name === undefined ? 0 : (indexes.get(name) ?? 0));
  return found.map((link) => toLink(link, indexOf(link.master))).sort((a, b) => a.ifindex - b.ifindex);
}

function toLink(link: IpLink, master: number): Link {
  return {
    ifindex: link.ifindex,
    name: link.ifname,
    type: TYPES[link.link_type] ?? Number(link.link_type.replace(/[^0-9]/g, '')),
    address: link.address ?? '',
    permanentAddress: link.permaddr ?? '',
    up: link.flags.includes('UP'),
    master,
    kind: link.linkinfo?.info_kind ?? '',
    qdisc: link.qdisc ?? '',
    txQueues: link.num_tx_queues ?? 1,
    txPackets: link.stats64?.tx.packets ?? 0,
  };
}
