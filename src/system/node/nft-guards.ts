import type { EgressChain, EgressRule } from '../../core/guard.ts';

const CHAIN_LINE = /^chain (\S+) \{$/;
const HOOK_LINE =
  /^type filter hook egress device(?:s = \{)? "([^"]+)"(?: \})? priority (-?\d+); policy (accept|drop);$/;
const RULE_LINE = /^ether saddr ([0-9a-f:]{17}) counter packets (\d+) bytes \d+ drop$/;
const PASS_LINE = 'ether saddr != 00:00:00:00:00:00 accept';

/**
 * Chains and rules of the text of `nft list table netdev NAME` with numeric priorities (-y); its JSON leaves the device of
 * an egress chain out (nft 1.0.6). A table that sleeps has none.
 */
export function parseGuards(text: string): { chains: EgressChain[]; rules: EgressRule[] } {
  const chains: EgressChain[] = [];
  const rules: EgressRule[] = [];
  const lines = text.split('\n').map((line) => line.trim());
  if (lines.some((line) => /^flags\b.*\bdormant\b/.test(line))) return { chains, rules };
  let chain = '';
  for (const line of lines.filter((one) => one !== '' && one !== '}')) {
    const name = CHAIN_LINE.exec(line)?.[1];
    const hook = HOOK_LINE.exec(line);
    if (name !== undefined) chain = name;
    else if (hook) chains.push(toChain(chain, hook));
    else rules.push(toRule(chain, line));
  }
  return { chains, rules };
}

function toChain(name: string, [, device = '', priority, policy]: RegExpExecArray): EgressChain {
  return { name, device, priority: Number(priority), drops: policy === 'drop' };
}

/** Any other line, another hook included, spoils the chain it stands in. */
function toRule(chain: string, line: string): EgressRule {
  const [, address = '', packets = '0'] = RULE_LINE.exec(line) ?? [];
  return { chain, address, passes: line === PASS_LINE, dropped: Number(packets) };
}
