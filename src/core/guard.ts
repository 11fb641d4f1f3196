import type { Link } from './link.ts';

/** What the kernel drops of an interface's outgoing frames (nftables, family netdev, hook egress). */
export interface Guard {
  ifindex: number;
  /** Its name as the kernel knows the device now. */
  name: string;
  /** Source addresses (canonical text) whose frames are dropped. */
  addresses: string[];
  /** True: every frame is dropped. Otherwise all are let through but those, and those whose source cannot be read. */
  closed: boolean;
}

/** A guard that is in force. */
export interface GuardState extends Guard {
  /** Frames dropped so far for their source address (rule counters, summed). */
  dropped: number;
}

/** The table of family netdev that holds a chain for each guarded interface. */
export const GUARD_TABLE = 'macveil';
/** Before every chain of other programs, so that none of theirs can send a frame elsewhere first. */
export const GUARD_PRIORITY = -500;

const CHAIN = /^if([1-9][0-9]*)$/;

/** The chain of an interface: named by what a rename does not change. */
export function guardChain(ifindex: number): string {
  return `if${ifindex}`;
}

/** A base chain at the egress hook of one device, as it is read back. */
export interface EgressChain {
  name: string;
  /** The device it is bound to; newer kernels (6.16 and later) name one here that is not there, or not any more. */
  device: string;
  priority: number;
  /** Its policy is drop. */
  drops: boolean;
}

/** A rule `ether saddr ADDRESS counter drop`, or with the address '' one of another form. */
export interface EgressRule {
  chain: string;
  address: string;
  /** It is `ether saddr != 00:00:00:00:00:00 accept`: all is let through that has a source. */
  passes: boolean;
  dropped: number;
}

/** The guards that really are in force, in ifindex order: bound to the present device, and of our form alone. */
export function guardsInForce(chains: EgressChain[], rules: EgressRule[], links: Link[]): GuardState[] {
  const found = chains.flatMap((chain) => {
    const link = linkOf(chain.name, links);
    if (!link || link.name !== chain.device || chain.priority !== GUARD_PRIORITY) return [];
    const own = rules.filter((rule) => rule.chain === chain.name);
    const closed = own.at(-1)?.passes !== true;
    const dropping = closed ? own : own.slice(0, -1);
    if (!chain.drops || dropping.some(({ address }) => address === '')) return [];
    return [guardOf(link, dropping, closed)];
  });
  return found.sort((a, b) => a.ifindex - b.ifindex);
}

/**
 * Chains that are left of another interface but bound to this device's name: newer kernels (6.16 and later) keep the
 * chain of a device that has gone, and bind it to the next one of that name.
 */
export function staleChains(chains: EgressChain[], { ifindex, name }: Link): string[] {
  const others = chains.filter((chain) => chain.device === name && chain.name !== guardChain(ifindex));
  return others.map((chain) => chain.name);
}

function linkOf(chain: string, links: Link[]): Link | undefined {
  const ifindex = Number(CHAIN.exec(chain)?.[1]);
  return links.find((link) => link.ifindex === ifindex);
}

function guardOf({ ifindex, name }: Link, dropping: EgressRule[], closed: boolean): GuardState {
  const addresses = dropping.map(({ address }) => address);
  return { ifindex, name, addresses, closed, dropped: dropping.reduce((sum, one) => sum + one.dropped, 0) };
}
