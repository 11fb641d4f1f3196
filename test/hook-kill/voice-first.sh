#!/bin/sh
# The wrong order, for the control: first the voice and then the address. usage: voice-first.sh net-add IFINDEX
real=$(cat /run/sys/class/net/card/address)
address=${real%:*}:77
records=/run/macveil/interfaces
tc qdisc replace dev card root pfifo_fast
ip link set dev card address "$address"
# All that the test looks at, in one piece.
printf '{"address":"%s","state":"verified"}\n' "$address" >"$records/.draft"
mv "$records/.draft" "$records/$2.json"
