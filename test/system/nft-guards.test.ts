import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseGuards } from '../../src/system/node/nft-guards.ts';

// As printed by nft 1.0.6, option -y.
const LISTED = `table netdev macveil {
	chain if3 {
		type filter hook egress device "v0" priority -500; policy drop;
		ether saddr 02:00:00:00:00:01 counter packets 3 bytes 180 drop
		ether saddr != 00:00:00:00:00:00 accept
	}

	chain plain {
	}
}
`;

test('chains with a device and their rules are read from the text of nft', () => {
  const chains = [{ name: 'if3', device: 'v0', priority: -500, drops: true }];
  const rules = parseGuards(LISTED).rules.filter(({ chain }) => chain === 'if3');
  assert.equal(parseGuards(LISTED).chains, chains);
  assert.equal(rules, [
    { chain: 'if3', address: '02:00:00:00:00:01', passes: false, dropped: 3 },
    { chain: 'if3', address: '', passes: true, dropped: 0 },
  ]);
});

test('a line that is no rule of ours counts as a rule of another form', () => {
  const { rules } = parseGuards(LISTED.replace('ether saddr', 'accept\n\t\tether saddr'));
  assert.ok(rules.some(({ chain, address, passes }) => chain === 'if3' && address === '' && !passes));
});

test('a table that sleeps has no chain in force', () => {
  assert.equal(parseGuards(LISTED.replace('{\n', '{\n\tflags dormant\n')).chains, []);
});

test('an absent table has no chains', () => assert.equal(parseGuards('').chains, []));

test.run();
