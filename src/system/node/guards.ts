import {
  GUARD_PRIORITY,
  GUARD_TABLE,
  type Guard,
  type GuardState,
  guardChain,
  guardsInForce,
  staleChains,
} from '../../core/guard.ts';
import type { Link } from '../../core/link.ts';
import { codeOf } from '../errno.ts';
import { ethernetOctets } from '../octets.ts';
import { SystemError } from '../system.ts';
import { runNft } from './iproute.ts';
import { parseGuards } from './nft-guards.ts';

const TABLE = `netdev ${GUARD_TABLE}`;

/** Replaces the guard by nft(8): all commands of one call are one transaction. */
export function setGuard({ ifindex, addresses, closed }: Guard, links: Link[]): void {
  const what = `set the guard of interface ${ifindex}`;
  ethernetOctets(addresses, what);
  const link = links.find((one) => one.ifindex === ifindex);
  if (!link) throw new SystemError(what, 'ENODEV');
  const chain = `${TABLE} ${guardChain(ifindex)}`;
  const hook = `type filter hook egress device "${link.name}" priority ${GUARD_PRIORITY}`;
  // By itself: it wakes a table that sleeps, which no transaction with changes of chains may do.
  runNft(what, [`add table ${TABLE}`]);
  runNft(what, [
    ...[`add chain ${chain}`, `flush chain ${chain}`, `delete chain ${chain}`],
    `add chain ${chain} { ${hook}; policy drop; }`,
    ...addresses.map((address) => `add rule ${chain} ether saddr ${address} counter drop`),
    ...(closed ? [] : [`add rule ${chain} ether saddr != 00:00:00:00:00:00 accept`]),
  ]);
  removeStale(link, what);
}

/** Removes the interface's chain, and those of the past that are bound to its name. */
export function removeGuard(ifindex: number, links: Link[]): void {
  const what = `remove the guard of interface ${ifindex}`;
  removeChain(guardChain(ifindex), what);
  const link = links.find((one) => one.ifindex === ifindex);
  if (link) removeStale(link, what);
}

/** The guards in force. */
export function guards(links: Link[]): GuardState[] {
  const { chains, rules } = list('list the guards');
  return guardsInForce(chains, rules, links);
}

function removeStale(link: Link, what: string): void {
  for (const chain of staleChains(list(what).chains, link)) removeChain(chain, what);
}

function removeChain(name: string, what: string): void {
  const chain = `${TABLE} ${name}`;
  absentIsFine(() => runNft(what, [`flush chain ${chain}`, `delete chain ${chain}`]), '');
}

function list(what: string): ReturnType<typeof parseGuards> {
  return parseGuards(absentIsFine(() => runNft(what, [`list table ${TABLE}`]), ''));
}

function absentIsFine<T>(call: () => T, otherwise: T): T {
  try {
    return call();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return otherwise;
  }
}
