import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type EgressChain, type EgressRule, guardsInForce, staleChains } from '../../src/core/guard.ts';
import type { Link } from '../../src/core/link.ts';

const LINK = { ifindex: 7, name: 'eth0' } as Link;
const CHAIN: EgressChain = { name: 'if7', device: 'eth0', priority: -500, drops: true };
const RULES: EgressRule[] = [
  { chain: 'if7', address: '02:00:00:00:00:01', passes: false, dropped: 2 },
  { chain: 'if7', address: '02:00:00:00:00:02', passes: false, dropped: 3 },
  { chain: 'if8', address: '02:00:00:00:00:03', passes: false, dropped: 9 },
];
const PASS: EgressRule = { chain: 'if7', address: '', passes: true, dropped: 0 };
const FOREIGN: EgressRule = { ...PASS, passes: false };

test('a guard is its chain with the rules of that chain, and their counters summed', () => {
  const addresses = ['02:00:00:00:00:01', '02:00:00:00:00:02'];
  const guard = { ifindex: 7, name: 'eth0', addresses, closed: true, dropped: 5 };
  assert.equal(guardsInForce([CHAIN], RULES, [LINK]), [guard]);
  assert.equal(guardsInForce([CHAIN], [...RULES, PASS], [LINK]), [{ ...guard, closed: false }]);
});

const NONE: { what: string; chain?: Partial<EgressChain>; rules?: EgressRule[]; link?: Partial<Link> }[] = [
  { what: 'a chain bound to a name that is no longer that of its interface', link: { name: 'enp0s3' } },
  { what: 'a chain whose interface is gone, though another one has its name', link: { ifindex: 8 } },
  { what: 'a chain of another priority', chain: { priority: 0 } },
  { what: 'a chain of another name', chain: { name: 'if07' } },
  { what: 'a chain that lets through whatever comes to its end', chain: { drops: false } },
  { what: 'a chain with a rule of another form', rules: [FOREIGN] },
  { what: 'a chain that lets through before another rule', rules: [PASS, FOREIGN] },
  { what: 'a chain that lets through twice', rules: [PASS, PASS] },
];

for (const { what, chain, rules = [], link } of NONE) {
  test(`${what} is no guard`, () => {
    const found = guardsInForce([{ ...CHAIN, ...chain }], [...RULES, ...rules], [{ ...LINK, ...link }]);
    assert.equal(found, []);
  });
}

test('the guards of several interfaces come in ifindex order', () => {
  const other = { ...LINK, ifindex: 12, name: 'wlan0' };
  const chains = [{ ...CHAIN, name: 'if12', device: 'wlan0' }, CHAIN];
  const found = guardsInForce(chains, [], [LINK, other]).map(({ ifindex }) => ifindex);
  assert.equal(found, [7, 12]);
});

test('a chain of another interface is stale when it is bound to the name of this one', () => {
  const chains = [CHAIN, { ...CHAIN, name: 'if3' }, { ...CHAIN, name: 'if4', device: 'eth1' }];
  assert.equal(staleChains(chains, LINK), ['if3']);
});

test.run();
