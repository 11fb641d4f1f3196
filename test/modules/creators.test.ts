import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findCreators } from '../../src/modules/creators.ts';
import type { ModuleFacts } from '../../src/modules/module-facts.ts';
import { DEFAULT_POLICY } from '../../src/modules/policy.ts';
import { makeFacts } from './make-facts.ts';

const choke = [
  'register_netdevice',
  'register_netdev',
  'devm_register_netdev',
  'rtnl_link_register',
  '__rtnl_link_register',
];

for (const symbol of choke) {
  test(`an importer of ${symbol} is a choke module`, () => {
    const found = findCreators([makeFacts('a', { imports: ['printk', symbol] })], DEFAULT_POLICY);
    assert.equal([...found.choke.values()], [symbol]);
  });
}

test('a module that only offers a kind of link is choke and no creator', () => {
  const found = find([makeFacts('nlmon', { imports: ['rtnl_link_register'] })]);
  assert.equal(found.creators, []);
  assert.equal(found.choke, ['nlmon']);
});

test('importers of what a creator exports are creators, however long the chain', () => {
  const found = find([
    makeFacts('card', { imports: ['lib_probe'] }),
    makeFacts('lib', { imports: ['core_add'], exports: ['lib_probe'] }),
    makeFacts('core', { imports: ['register_netdevice'], exports: ['core_add'] }),
    makeFacts('other', { imports: ['printk'] }),
  ]);
  assert.equal(found.creators, ['core', 'lib', 'card']);
});

test('modules that import from each other in a circle end the search', () => {
  const found = find([
    makeFacts('a', { imports: ['register_netdev', 'b_symbol'], exports: ['a_symbol'] }),
    makeFacts('b', { imports: ['a_symbol'], exports: ['b_symbol'] }),
  ]);
  assert.equal(found.creators, ['a', 'b']);
});

test('a symbol that two modules export makes its importer a user of both', () => {
  const found = find([
    makeFacts('old', { exports: ['probe'] }),
    makeFacts('new', { imports: ['register_netdev'], exports: ['probe'] }),
    makeFacts('card', { imports: ['probe'] }),
  ]);
  assert.equal(found.creators, ['new', 'card']);
});

test('a symbol that more modules export than any kernel has is refused, before it takes endless time', () => {
  const copies = (count: number) =>
    Array.from({ length: count }, (_, n) => makeFacts(`copy${n}`, { exports: ['probe'] }));
  assert.not.throws(() => findCreators(copies(64), DEFAULT_POLICY));
  assert.throws(() => findCreators(copies(65), DEFAULT_POLICY), /modules of one kernel export probe/);
});

test('the cause of a creator is its shortest chain', () => {
  const card = makeFacts('card', { imports: ['far', 'near'] });
  const near = makeFacts('near', { imports: ['register_netdev'], exports: ['near'] });
  const far = makeFacts('far', { imports: ['near'], exports: ['far'] });
  const { causes } = findCreators([card, far, near], DEFAULT_POLICY);
  assert.is(causes.get(card)?.from, near);
});

function find(modules: ModuleFacts[]) {
  const { causes, choke: direct } = findCreators(modules, DEFAULT_POLICY);
  return {
    creators: [...causes.keys()].map(({ name }) => name),
    choke: [...direct.keys()].map(({ name }) => name),
  };
}

test.run();
