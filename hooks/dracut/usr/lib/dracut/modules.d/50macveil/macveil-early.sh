#!/bin/sh
# Sourced by dracut before it reads the command line: a failure leaves the network blocked, and must not end the boot.
/usr/lib/macveil/macveil-hook early || :
