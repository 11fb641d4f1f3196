import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { controlVerdict } from '../../src/prove/control.ts';
import { NIC, observation } from './observation-fixtures.ts';

test('real addresses on the wire are caught by the rule of spoof', () => {
  assert.equal(controlVerdict(observation({ decision: 'keep' })), {
    ok: true,
    caught: [NIC.model.name],
    missed: [],
  });
});

test('a search that finds nothing in the frames of a kept address fails the control', () => {
  const seen = observation({ decision: 'keep' });
  const blind = { ...seen, nics: seen.nics.map((nic) => ({ ...nic, leaks: [] })) };
  assert.equal(controlVerdict(blind), { ok: false, caught: [], missed: [NIC.model.name] });
});

test("another card's address does not count as caught", () => {
  const seen = observation({ decision: 'keep' });
  const wrong = seen.nics.map((nic) => ({
    ...nic,
    leaks: nic.leaks.map((leak) => ({ ...leak, address: '00:0e:0c:a7:5e:c1' as typeof leak.address })),
  }));
  assert.not.ok(controlVerdict({ ...seen, nics: wrong }).ok);
});

test('a control in which nobody spoke controls nothing', () => {
  assert.not.ok(controlVerdict(observation({ decision: 'keep', frames: [] })).ok);
});

test.run();
