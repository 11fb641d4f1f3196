import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatClassId, parseQdiscs } from '../../src/system/node/tc-qdiscs.ts';

test('the root, a numbered parent and one without a major part are read', () => {
  const shown = [
    { kind: 'mq', handle: '0:', root: true },
    { kind: 'fq_codel', handle: '0:', parent: ':a' },
    { kind: 'clsact', handle: 'ffff:', parent: 'ffff:fff1' },
  ];
  assert.equal(parseQdiscs(JSON.stringify(shown)), [
    { kind: 'mq', parent: 0xffffffff, handle: 0 },
    { kind: 'fq_codel', parent: 10, handle: 0 },
    { kind: 'clsact', parent: 0xfffffff1, handle: 0xffff0000 },
  ]);
});

test('no output means no qdisc', () => {
  assert.equal(parseQdiscs(''), []);
});

test('a class is written in hexadecimal', () => {
  assert.is(formatClassId(0x1_000a), '1:a');
});

test.run();
