// needs: macveil-hook, dracut-image
import { test } from 'uvu';
import { addKind, DECISIONS, UP_THERE, withNetwork } from './dracut-scenarios.ts';

/** Not offline with the network as well: without systemd dracut does not start a machine that lacks a network it was told to need. */
addKind('classic-generic', [withNetwork('spoof', UP_THERE), ...DECISIONS]);
addKind('classic-hostonly', DECISIONS);
test.run();
