import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isUnicastMac, macBytes } from '../../src/core/mac.ts';
import { ALL_NIC_MODELS, MAX_NICS, makeNics, NIC_MODELS, parseNicModels } from '../../src/prove/nics.ts';

test('every card has an address of its own, unicast and globally administered', () => {
  const nics = makeNics();
  assert.is(new Set(nics.map(({ address }) => address)).size, NIC_MODELS.length);
  for (const { address } of nics) {
    assert.ok(isUnicastMac(address), address);
    assert.is((macBytes(address)[0] ?? 0) & 0x02, 0, address);
  }
});

test('every card has a slot of its own on the 32-slot bus', () => {
  const [model] = NIC_MODELS;
  const slots = makeNics(Array(MAX_NICS).fill(model)).map(({ slot }) => slot);
  assert.is(new Set(slots).size, MAX_NICS);
  assert.is(Math.max(...slots), 31);
});

test('usb-net has the first octet that QEMU gives it whatever it is told', () => {
  const [nic] = makeNics(NIC_MODELS.filter(({ name }) => name === 'usb-net'));
  assert.is(nic?.address.slice(0, 2), '40');
});

test('every model there is can be named', () => {
  const names = ALL_NIC_MODELS.map(({ name }) => name);
  assert.equal(parseNicModels(names.join(',')), { models: [...ALL_NIC_MODELS], unknown: [] });
  assert.ok(NIC_MODELS.every((model) => ALL_NIC_MODELS.includes(model)));
});

test('a list of names becomes models, and unknown names are told apart', () => {
  const { models, unknown } = parseNicModels('e1000, nosuch,i82551');
  assert.equal(
    models.map(({ name }) => name),
    ['e1000', 'i82551'],
  );
  assert.equal(unknown, ['nosuch']);
});

test('cards may have one real address, that of the first of them', () => {
  const [first, second, third] = makeNics(NIC_MODELS, { sameAddress: [1, 2] });
  assert.is(third?.address, second?.address);
  assert.is.not(first?.address, second?.address);
});

test('cards that start unplugged are known all the same', () => {
  const nics = makeNics(NIC_MODELS, { unplugged: [1] });
  assert.equal(
    nics.map(({ unplugged }) => unplugged),
    NIC_MODELS.map((_, index) => index === 1),
  );
});

test.run();
