import { AGENT_SCRIPT } from './agent-protocol.ts';

const UNIT = 'macveil-probe.service';

// Base64 keeps the script clear of systemd's own specifiers and quoting. Without default dependencies the agent is
// there early, also in a boot that gets stuck.
const UNIT_TEXT = `[Unit]
Description=Answers the machine that proves this image
DefaultDependencies=no
[Service]
ExecStart=/bin/sh -c 'eval "$$(echo ${Buffer.from(AGENT_SCRIPT).toString('base64')} | base64 -d)"'
`;

/** QEMU's SMBIOS string that gives systemd the agent as a unit, so that the image stays untouched (systemd.system-credentials(7), since 256). */
export const AGENT_SMBIOS = `type=11,value=io.systemd.credential.binary:systemd.extra-unit.${UNIT}=${Buffer.from(UNIT_TEXT).toString('base64')}`;

/** The word on the kernel command line that starts it (systemd-debug-generator(8)). */
export const AGENT_CMDLINE = `systemd.wants=${UNIT}`;

/** The same where the command line is not ours: every boot wants sysinit.target (systemd.system-credentials(7), since 256). */
export const AGENT_DROPIN_SMBIOS = `type=11,value=io.systemd.credential.binary:systemd.unit-dropin.sysinit.target~macveil-probe=${Buffer.from(`[Unit]\nWants=${UNIT}\n`).toString('base64')}`;
