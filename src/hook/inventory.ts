import type { InterfaceFacts, Link } from '../core/link.ts';
import { TC_INGRESS, TC_ROOT } from '../core/voice.ts';
import { SYS_CLASS_NET } from '../paths.ts';
import type { System } from '../system/system.ts';
import { readAttribute } from './sysfs.ts';

/** ARPHRD_LOOPBACK (linux/if_arp.h): the one interface that is never of interest. */
const ARPHRD_LOOPBACK = 772;
/** A rename between the dump and the look into sysfs is over in microseconds; it does not happen so often in a row. */
const TRIES = 5;

/** Every interface but loopback, with what sysfs knows of it; `model` is for the one interface udev told us about. */
export function readInterfaces(system: System, model?: { ifindex: number; text: string }): InterfaceFacts[] {
  const links = consistentLinks(system);
  return links.map((link) => withSysfs(system, link, model?.ifindex === link.ifindex ? model.text : ''));
}

/** One interface as the kernel shows it now; undefined when it has gone, which leaves nothing to protect. */
export function readInterface(system: System, ifindex: number): InterfaceFacts | undefined {
  return readInterfaces(system).find((facts) => facts.ifindex === ifindex);
}

/** sysfs is found by name, and names change: a dump counts when every name still stands for its ifindex. */
function consistentLinks(system: System): Link[] {
  let links: Link[] = [];
  for (let attempt = 0; attempt < TRIES; attempt++) {
    links = system.links().filter((link) => link.type !== ARPHRD_LOOPBACK);
    if (links.every((link) => isInSysfs(system, link))) break;
  }
  return links;
}

function isInSysfs(system: System, { name, ifindex }: Link): boolean {
  return readAttribute(system, `${SYS_CLASS_NET}/${name}/ifindex`) === String(ifindex);
}

function withSysfs(system: System, link: Link, model: string): InterfaceFacts {
  const dir = `${SYS_CLASS_NET}/${link.name}`;
  // What cannot be looked up may be a card: taking it for virtual would let it speak.
  const physical = !isInSysfs(system, link) || system.exists(`${dir}/device`);
  return {
    ...link,
    physical,
    leafQdiscs: leafQdiscs(system, link),
    wireless: physical && (system.exists(`${dir}/phy80211`) || system.exists(`${dir}/wireless`)),
    device: physical ? target(system, `${dir}/device`) : '',
    driver: physical ? (target(system, `${dir}/device/driver`).split('/').at(-1) ?? '') : '',
    assignType: Number(readAttribute(system, `${dir}/addr_assign_type`) || 0),
    model,
  };
}

/** The kernel gives a card of many queues mq, which drops nothing itself: what is below it tells. */
function leafQdiscs(system: System, { ifindex, qdisc }: Link): string[] {
  if (qdisc !== 'mq') return [qdisc];
  const leaves = system.qdiscs(ifindex).filter(({ parent }) => parent !== TC_ROOT && parent !== TC_INGRESS);
  return leaves.map(({ kind }) => kind);
}

function target(system: System, link: string): string {
  try {
    return system.readLink(link);
  } catch {
    return '';
  }
}
