import { HOTPLUG_FULL } from './hotplug-scenarios.ts';
import { testScenarios } from './prove-scenarios.ts';

testScenarios(HOTPLUG_FULL);
