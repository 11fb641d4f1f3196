// needs: macveil-hook, executable, live-build-image
import { menuScenarios } from './menu-scenarios.ts';
import { LIVE_BUILD_IMAGE, testScenarios } from './prove-scenarios.ts';

testScenarios(menuScenarios('uefi'), LIVE_BUILD_IMAGE);
