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
import type { Native } from './native.ts';

/** What a dump is refused with when the kernel has no nf_tables, and no nfnetlink at all (net/netfilter/nfnetlink.c). */
const UNSUPPORTED = ['EINVAL', 'EPROTONOSUPPORT'];

/** Makes or replaces the guard, and then takes away what an interface of the past left bound to the same name. */
export function setGuard({ ifindex, addresses, closed }: Guard, sys: Native): void {
  const what = `set the guard of interface ${ifindex}`;
  const { buffer } = ethernetOctets(addresses, what);
  const link = linkOf(ifindex, sys);
  if (!link) throw new SystemError(what, 'ENODEV');
  if (isAsleep(sys)) sys.wakeTable(GUARD_TABLE);
  const chain = guardChain(ifindex);
  makeOrReplace((replace) =>
    sys.setGuard(GUARD_TABLE, chain, link.name, GUARD_PRIORITY, closed, buffer, replace),
  );
  removeStale(link, sys);
}

/** Removes the interface's chain, and those of the past that are bound to its name. */
export function removeGuard(ifindex: number, sys: Native): void {
  removeChain(guardChain(ifindex), sys);
  const link = linkOf(ifindex, sys);
  if (!link) return;
  for (const chain of staleChains(chainsOf(sys), link)) removeChain(chain, sys);
}

/** The guards in force. */
export function guards(sys: Native): GuardState[] {
  if (isAsleep(sys)) return [];
  const chains = chainsOf(sys);
  if (chains.length === 0) return [];
  return guardsInForce(chains, sys.guardRules().filter(isOurs), sys.links());
}

/** A chain that is there is replaced, whatever it is: that is dearer, since the kernel waits until nobody uses it. */
function makeOrReplace(make: (replace: boolean) => void): void {
  try {
    make(false);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    make(true);
  }
}

/** True for a table that somebody gave the flag dormant: none of its chains is in force. */
function isAsleep(sys: Native): boolean {
  return supported(() => sys.guardTables()).some(({ name, dormant }) => name === GUARD_TABLE && dormant);
}

function chainsOf(sys: Native) {
  return supported(() => sys.guardChains()).filter(isOurs);
}

function isOurs({ table }: { table: string }): boolean {
  return table === GUARD_TABLE;
}

function linkOf(ifindex: number, sys: Native): Link | undefined {
  return sys.link(ifindex);
}

/** A kernel without nf_tables has no chains. */
function supported<T>(list: () => T[]): T[] {
  try {
    return list();
  } catch (error) {
    if (UNSUPPORTED.includes(codeOf(error))) return [];
    throw error;
  }
}

function removeStale(link: Link, sys: Native): void {
  for (const chain of staleChains(chainsOf(sys), link)) removeChain(chain, sys);
}

function removeChain(chain: string, sys: Native): void {
  try {
    sys.removeGuard(GUARD_TABLE, chain);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && !isUnsupported(error)) throw error;
  }
}

/** What a transaction is refused with there. */
function isUnsupported(error: unknown): boolean {
  return ['EOPNOTSUPP', 'EPROTONOSUPPORT'].includes(codeOf(error));
}
