#!/bin/bash
# Puts the hook, its udev rule, the blocklist and the modules it needs into every initramfs that dracut makes.

check() { return 0; }

depends() { echo udev-rules; }

installkernel() {
    # sch_fq_codel: the qdisc of verified interfaces. nf_tables: their egress guard; kernels before 6.14 load it only with a crc32c.
    # They need not be in use where the initramfs is made.
    hostonly='' instmods sch_fq_codel nf_tables crc32c_generic
}

install() {
    local early=macveil-early.service list=/usr/lib/modprobe.d/macveil-blocklist.conf
    install_all /usr/lib/macveil/macveil-hook /usr/lib/udev/rules.d/10-macveil.rules
    if [[ -e $list || -e /usr/lib/macveil/manifest.json ]]; then
        install_all "$list"
    else
        dwarn 'macveil: no blocklist was made yet, drivers can load before the decision: macveil install --root /'
    fi
    if dracut_module_included systemd; then
        install_all "${systemdsystemunitdir?}/$early"
        $SYSTEMCTL -q --root "${initdir?}" add-wants sysinit.target "$early"
    else
        # Before any driver that rd.driver.pre names, which is done by a hook of the command line.
        inst_hook cmdline 00 "${moddir?}/macveil-early.sh"
    fi
}

# An initramfs without one of these would start the network under real addresses, or never: there shall be none.
install_all() {
    local file
    for file in "$@"; do
        inst_simple "$file" && [[ -s ${initdir?}$file ]] && continue
        dfatal "macveil: $file is missing or cannot be installed; run: macveil install"
        exit 1
    done
}
