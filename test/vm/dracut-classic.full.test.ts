// needs: macveil-hook, dracut-image
import { test } from 'uvu';
import { addKind, DECISIONS, UP_THERE, withNetwork } from './dracut-scenarios.ts';

addKind('classic-generic', [withNetwork('spoof', UP_THERE), withNetwork('offline'), ...DECISIONS]);
addKind('classic-hostonly', DECISIONS);
test.run();
