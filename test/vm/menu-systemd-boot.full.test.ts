// needs: macveil-hook, esp-disk
import { menuScenarios } from './menu-scenarios.ts';
import { ESP_DISK, testScenarios } from './prove-scenarios.ts';

testScenarios(menuScenarios('uefi', 'an EFI system partition with systemd-boot'), ESP_DISK);
