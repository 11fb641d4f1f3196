// needs: macveil-hook, dracut-image
import { test } from 'uvu';
import { addKind, DECISIONS, UP_THERE, withNetwork } from './dracut-scenarios.ts';

addKind('classic-generic', [...DECISIONS, withNetwork('spoof', UP_THERE), withNetwork('offline')]);
addKind('classic-hostonly', DECISIONS);
test.run();
