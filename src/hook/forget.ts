import type { InterfaceFacts } from '../core/link.ts';
import { hasBeenUp } from '../core/mute.ts';
import type { Finding } from '../core/report.ts';
import { IPV6_CONF, SYS_CLASS_NET } from '../paths.ts';
import type { System } from '../system/system.ts';
import { findingsOf } from './attempt.ts';

/** One octet less than IPv6 asks of a link (RFC 8200, 5): the kernel then takes IPv6 off the interface altogether. */
const TOO_SMALL_FOR_IPV6 = '1279';

/**
 * Makes IPv6 forget an interface that may have been up under another address. Measured on 6.12: a card that was up
 * while it was mute, and got its new address while it was down, still told its neighbours which multicast group it had
 * left, and that group is made of the real address (RFC 4291, 2.7.1).
 */
export function forgetIpv6(system: System, facts: InterfaceFacts): Finding[] {
  const state = `${IPV6_CONF}/${facts.name}`;
  if (!hasBeenUp(facts) || !system.exists(state)) return [];
  return findingsOf('ipv6-memory', () => {
    const mtu = `${SYS_CLASS_NET}/${facts.name}/mtu`;
    const before = system.readFile(mtu).trim();
    system.writeAttribute(mtu, TOO_SMALL_FOR_IPV6);
    const forgotten = !system.exists(state);
    system.writeAttribute(mtu, before);
    if (forgotten) return [];
    return [{ rule: 'ipv6-memory', text: 'IPv6 did not forget the address it had before' }];
  });
}
