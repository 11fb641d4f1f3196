import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLinks } from '../../src/system/node/ip-links.ts';

const CARD = {
  ifindex: 3,
  ifname: 'eth0',
  flags: ['BROADCAST', 'MULTICAST', 'UP'],
  qdisc: 'mq',
  link_type: 'ether',
  address: '02:00:00:00:00:01',
  permaddr: '52:54:00:00:00:01',
  num_tx_queues: 4,
  stats64: { tx: { packets: 7 } },
};

test('a card with a permanent address of its own is read', () => {
  assert.equal(parseLinks(JSON.stringify([CARD])), [
    {
      ifindex: 3,
      name: 'eth0',
      type: 1,
      address: '02:00:00:00:00:01',
      permanentAddress: '52:54:00:00:00:01',
      up: true,
      master: 0,
      kind: '',
      qdisc: 'mq',
      txQueues: 4,
      txPackets: 7,
    },
  ]);
});

test('a type that ip names by number only keeps its number', () => {
  const [link] = parseLinks(JSON.stringify([{ ...CARD, link_type: '[519]' }]));
  assert.is(link?.type, 519);
});

test('a master that ip tells by name is told by ifindex', () => {
  const bridge = { ...CARD, ifindex: 2, ifname: 'br0' };
  const [, member] = parseLinks(JSON.stringify([{ ...CARD, master: 'br0' }, bridge]));
  assert.is(member?.master, 2);
});

test('no output means no interface', () => {
  assert.equal(parseLinks(''), []);
});

test.run();
