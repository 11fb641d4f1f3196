import { testScenarios } from './prove-scenarios.ts';
import { INITRAMFS } from './scenarios.ts';

testScenarios(INITRAMFS);
