import kleur from 'kleur';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { controlVerdict } from '../../src/prove/control.ts';
import type { ProofResult } from '../../src/prove/prove.ts';
import { formatProof } from '../../src/prove/table.ts';
import { judge } from '../../src/prove/verdict.ts';
import { type Differences, observation } from './observation-fixtures.ts';

kleur.enabled = false;

function proof(differences: Differences, rest: Partial<ProofResult> = {}): ProofResult {
  const seen = observation(differences);
  const rule = differences.decision ?? 'spoof';
  const control = rule === 'keep' ? controlVerdict(seen) : null;
  return {
    ...{ scenario: 'spoof', ok: true, accelerator: { name: 'tcg', reason: 'no KVM: none' }, commandLine: '' },
    ...{
      seconds: 12,
      evidence: '/e',
      failure: '',
      checks: [{ verdict: judge(rule, seen), control, observation: seen }],
    },
    ...rest,
  };
}

test('a row holds interface, driver, both addresses, frames and the verdict', () => {
  assert.match(
    formatProof(proof({})),
    /^e1000e +ens9 +e1000e +00:1b:21:a7:5e:c2 +00:1b:21:11:22:33 +2 +0 +verified$/m,
  );
});

test('a finding follows the table under the name of its card', () => {
  assert.match(formatProof(proof({ frames: [] })), /^- e1000e: it sent no frame/m);
});

test('keep says that the rule of spoof calls it a leak', () => {
  assert.match(
    formatProof(proof({ decision: 'keep' })),
    /^control: the rule of spoof says LEAK for e1000e$/m,
  );
});

test('a scenario that stopped says where, and that nothing is proven', () => {
  const text = formatProof(proof({}, { ok: false, failure: 'the agent: not within 5 s' }));
  assert.match(text, /^stopped: the agent/m);
  assert.match(text, /^NOT PROVEN/m);
});

test('the machine and why it has no KVM are named', () => {
  assert.match(formatProof(proof({})), /^PROVEN {2}spoof: 12 s on TCG \(no KVM: none\)$/m);
});

test.run();
