// needs: macveil-hook, dracut-image
import { test } from 'uvu';
import { NETWORK_STARTED, WATCH } from '../../src/prove/decision-scenarios.ts';
import type { Scenario } from '../../src/prove/scenario.ts';
import { addKind, CARDS, DECISIONS, MANAGED_THERE, NETWORK, withNetwork } from './dracut-scenarios.ts';

const NOTHING: Scenario = {
  name: 'nothing appears',
  boot: 'live',
  cmdline: `macveil=spoof ${NETWORK}`,
  nics: CARDS,
  steps: [NETWORK_STARTED, WATCH, { do: 'expect', rule: 'silent' }],
};
/** The root has macveil: what shows the addresses is the initramfs alone. */
const LEAK: Scenario = {
  name: 'the control shows real addresses',
  boot: 'live',
  cmdline: `macveil=spoof ${NETWORK}`,
  nics: CARDS,
  steps: [{ do: 'real-frames' }, { do: 'expect', rule: 'leak' }],
};

addKind('plain', [LEAK]);
addKind('without-macveil', [NOTHING]);
addKind('systemd-generic', [
  ...DECISIONS,
  withNetwork('spoof', MANAGED_THERE),
  withNetwork('offline', MANAGED_THERE),
]);
addKind('systemd-hostonly', DECISIONS);
test.run();
