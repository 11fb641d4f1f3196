import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Manifest, NO_CHOICES, normaliseChoices, parseManifest } from '../../src/core/manifest.ts';

const MANIFEST: Manifest = {
  version: 1,
  policy: {
    strict: true,
    allow: ['tun'],
    block: ['ext4'],
    classes: { media: 'block' },
    acceptBuiltin: ['e1000'],
  },
  kernels: [
    {
      release: '6.1.0',
      modules: [{ name: 'igb', path: 'kernel/igb.ko', class: 'hardware', blocked: true }],
      others: ['kernel/ext4.ko'],
      builtin: [{ name: 'e1000', path: 'kernel/e1000.ko', class: 'hardware' }],
    },
  ],
};

test('a manifest comes back from its text as it was', () => {
  assert.equal(parseManifest(JSON.stringify(MANIFEST)), MANIFEST);
});

test('a manifest without kernels is one', () => {
  const empty = { version: 1, policy: NO_CHOICES, kernels: [] };
  assert.equal(parseManifest(JSON.stringify(empty)), empty);
});

const [kernel] = MANIFEST.kernels;
const WRONG: [string, unknown][] = [
  ['null', null],
  ['a list', []],
  ['another version', { ...MANIFEST, version: 2 }],
  ['a key that nobody knows', { ...MANIFEST, more: 1 }],
  ['no policy', { version: 1, kernels: [] }],
  ['a key of the policy that nobody knows', { ...MANIFEST, policy: { ...NO_CHOICES, lax: true } }],
  ['a choice that is no list', { ...MANIFEST, policy: { ...NO_CHOICES, allow: 'tun' } }],
  ['a class that is neither blocked nor allowed', { ...MANIFEST, policy: withClass('maybe') }],
  ['kernels that are no list', { ...MANIFEST, kernels: {} }],
  ['one release twice', { ...MANIFEST, kernels: [kernel, kernel] }],
  ['an empty release', withKernel({ release: '' })],
  ['a module without a path', withKernel({ modules: [{ name: 'a', class: 'hardware', blocked: true }] })],
  ['a path that is no text', withKernel({ others: [1] })],
  ['a built-in driver that is null', withKernel({ builtin: [null] })],
];

for (const [what, value] of WRONG) {
  test(`${what} makes it no manifest`, () => {
    assert.is(parseManifest(JSON.stringify(value)), null);
  });
}

test('a text that is cut off anywhere is no manifest', () => {
  const text = JSON.stringify(MANIFEST);
  for (let length = 0; length < text.length; length++) {
    assert.is(parseManifest(text.slice(0, length)), null);
  }
});

test('choices have one written form, whatever their order and spelling', () => {
  const choices = {
    strict: false,
    allow: ['tun', 'b-43', 'b_43'],
    block: [],
    classes: { wwan: 'allow', can: 'allow' } as const,
    acceptBuiltin: ['virtio-net'],
  };
  const { allow, classes, acceptBuiltin } = normaliseChoices(choices);
  assert.equal(allow, ['b_43', 'tun']);
  assert.is(JSON.stringify(classes), '{"can":"allow","wwan":"allow"}');
  assert.equal(acceptBuiltin, ['virtio_net']);
});

function withClass(value: string) {
  return { ...NO_CHOICES, classes: { media: value } };
}

function withKernel(change: object) {
  return { ...MANIFEST, kernels: [{ ...kernel, ...change }] };
}

test.run();
