import type { InterfaceFacts, Link } from '../core/link.ts';
import type { Neighbour } from '../core/verify.ts';
import { TC_INGRESS, TC_ROOT } from '../core/voice.ts';
import { SYS_CLASS_NET } from '../paths.ts';
import type { System } from '../system/system.ts';
import { readAttribute } from './sysfs.ts';

/** ARPHRD_LOOPBACK (linux/if_arp.h): the one interface that is never of interest. */
const ARPHRD_LOOPBACK = 772;
/** A rename between the dump and the look into sysfs is over in microseconds; it does not happen so often in a row. */
const TRIES = 5;

/** One interface in full, and what matters of all that are there, itself included. */
export interface View {
  facts: InterfaceFacts;
  interfaces: Neighbour[];
}

/** Every interface but loopback, in full. */
export function readInterfaces(system: System): InterfaceFacts[] {
  return consistentLinks(system, () => true).map((link) => withSysfs(system, link, ''));
}

/** One interface and its surroundings by one dump; undefined when it has gone. `model` is what udev knows of it. */
export function readView(system: System, ifindex: number, model = ''): View | undefined {
  const links = consistentLinks(system, (link) => link.ifindex === ifindex);
  const link = links.find((one) => one.ifindex === ifindex);
  if (link === undefined) return undefined;
  return { facts: withSysfs(system, link, model), interfaces: neighbours(system, links) };
}

/** The same view again: what changes is read anew, what a device is stays as it was found. */
export function refreshView(system: System, facts: InterfaceFacts): View | undefined {
  const links = allLinks(system);
  const link = links.find((one) => one.ifindex === facts.ifindex);
  return link && { facts: updated(system, facts, link), interfaces: neighbours(system, links) };
}

/** The same interface as the kernel shows it now; undefined when it has gone, which leaves nothing to protect. */
export function refresh(system: System, facts: InterfaceFacts): InterfaceFacts | undefined {
  const link = system.link(facts.ifindex);
  return link && updated(system, facts, link);
}

function updated(system: System, facts: InterfaceFacts, link: Link): InterfaceFacts {
  return { ...facts, ...link, leafQdiscs: leafQdiscs(system, link) };
}

function allLinks(system: System): Link[] {
  return system.links().filter((link) => link.type !== ARPHRD_LOOPBACK);
}

/** sysfs is found by name, and names change: a dump counts when the names that matter still stand for their ifindex. */
function consistentLinks(system: System, matters: (link: Link) => boolean): Link[] {
  let links: Link[] = [];
  for (let attempt = 0; attempt < TRIES; attempt++) {
    links = allLinks(system);
    if (links.filter(matters).every((link) => isInSysfs(system, link))) break;
  }
  return links;
}

function isInSysfs(system: System, { name, ifindex }: Link): boolean {
  return readAttribute(system, `${SYS_CLASS_NET}/${name}/ifindex`) === String(ifindex);
}

/** What cannot be looked up may be a card: taking it for virtual would let it speak, or share an address unseen. */
function isPhysical(system: System, { name }: Link): boolean {
  return system.exists(`${SYS_CLASS_NET}/${name}/device`) || !system.exists(`${SYS_CLASS_NET}/${name}`);
}

function neighbours(system: System, links: Link[]): Neighbour[] {
  return links.map((link) => ({ ...link, physical: isPhysical(system, link) }));
}

function withSysfs(system: System, link: Link, model: string): InterfaceFacts {
  const dir = `${SYS_CLASS_NET}/${link.name}`;
  const physical = !isInSysfs(system, link) || isPhysical(system, link);
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
