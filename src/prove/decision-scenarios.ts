import { type Decision, isOpen } from '../core/decision.ts';
import type { Scenario, Step } from './scenario.ts';

/**
 * Waits until the guest's network has done what it does at boot: NetworkManager if it is there, else the end of the
 * boot; repeated because the agent answers before the message bus does.
 */
export const NETWORK_STARTED: Step = {
  do: 'until',
  title: "waiting for the guest's network manager",
  command:
    'if command -v nm-online >/dev/null; then nm-online -s -q -t 60; ' +
    'else case $(systemctl is-system-running --wait) in running|degraded) ;; *) false ;; esac; fi',
};

/**
 * How long the wire is watched. An interface that is up sends within 2 s (IPv6 duplicate address detection and router
 * solicitation, RFC 4861 and 4862); DHCP repeats after 4 s and again after 8 s (RFC 2131, 4.1).
 */
export const WATCH: Step = { do: 'observe', seconds: 10 };

/** The live boot that proves one decision, with the network manager the image has; the rule is named as the decision. */
export function decisionScenario(decision: Decision, nics: string[]): Scenario {
  const traffic: Step[] = isOpen(decision) ? [{ do: 'frames' }] : [];
  return {
    name: decision,
    boot: 'live',
    cmdline: `macveil=${decision}`,
    nics,
    steps: [NETWORK_STARTED, ...traffic, WATCH, { do: 'expect', rule: decision }],
  };
}
