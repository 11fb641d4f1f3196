import { testScenarios } from './prove-scenarios.ts';
import { INITRAMFS_FULL } from './scenarios.ts';

testScenarios(INITRAMFS_FULL);
