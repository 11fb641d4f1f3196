import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { NO_CHOICES, type PolicyChoices } from '../../src/core/manifest.ts';
import { type DecidedBy, ruleOn, type Subject } from '../../src/modules/choose.ts';
import { DEFAULT_POLICY } from '../../src/modules/policy.ts';

const card: Subject = { name: 'igb', class: 'hardware', choke: true };
const bridge: Subject = { name: 'bridge', class: 'virtual', choke: true };
const tunnel: Subject = { name: 'ipip', class: 'virtual', choke: false };
const damaged: Subject = { name: 'bad', class: 'unreadable', choke: false };

const CASES: [string, Subject, Partial<PolicyChoices>, boolean, DecidedBy][] = [
  ['a driver of hardware is blocked by default', card, {}, true, 'default'],
  ['a virtual module is allowed by default', bridge, {}, false, 'default'],
  ['strict blocks what registers an interface', bridge, { strict: true }, true, 'strict'],
  ['strict leaves alone what only builds on that', tunnel, { strict: true }, false, 'default'],
  ['strict is not needed for what is blocked by default', card, { strict: true }, true, 'default'],
  ['a class can be blocked', bridge, { classes: { virtual: 'block' } }, true, 'class'],
  ['a class can be allowed', card, { classes: { hardware: 'allow' } }, false, 'class'],
  [
    'strict holds in a class that is allowed',
    card,
    { strict: true, classes: { hardware: 'allow' } },
    true,
    'strict',
  ],
  ['a choice for another class changes nothing', card, { classes: { media: 'allow' } }, true, 'default'],
  ['a name that is allowed counts more than its class', card, { allow: ['igb'] }, false, 'allow'],
  [
    'a name that is allowed counts more than strict',
    bridge,
    { strict: true, allow: ['bridge'] },
    false,
    'allow',
  ],
  ['a name that is blocked counts more than its class', bridge, { block: ['bridge'] }, true, 'block'],
  ['a module that cannot be read is blocked', damaged, { strict: true }, true, 'default'],
  [
    'a class that cannot be changed is not, wherever the choice came from',
    damaged,
    { classes: { unreadable: 'allow' } },
    true,
    'default',
  ],
  ['a module that cannot be read can be allowed by name', damaged, { allow: ['bad'] }, false, 'allow'],
];

for (const [title, subject, choices, blocked, policy] of CASES) {
  test(title, () => {
    assert.equal(ruleOn(subject, { ...NO_CHOICES, ...choices }, DEFAULT_POLICY), { blocked, policy });
  });
}

test.run();
