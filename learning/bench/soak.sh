#!/bin/sh
# Trains for some minutes and notes every 30 seconds how much memory the process holds: the heap
# after a collection that is asked for, everything resident (which counts native memory, too), and
# threads. Memory is flat where the last lines are like the first ones after warming up.
#
#   learning/bench/soak.sh [MINUTES [FILE.csv [SETTING=VALUE ...]]]     (default: 5 soak.csv)
#
# SOAK_ALGORITHM and SOAK_WORLD choose what is trained (default: mappo in simple_spread).
set -u

root=$(cd "$(dirname "$0")/../.." && pwd)
minutes=${1:-5}
csv=${2:-soak.csv}
[ $# -ge 2 ] && shift 2 || shift $#
settings=
for setting in "$@"; do
  settings="$settings --set $setting"
done
work=$(mktemp -d)
home=$(MARLAB_JAVA_OPTIONS=-XshowSettings:properties "$root/marlab" --version 2>&1 |
  sed -n 's/^ *java.home = //p')
# shellcheck disable=SC2086  # settings are separated by blanks on purpose
"$root/marlab" train --world "${SOAK_WORLD:-simple_spread}" \
  --algorithm "${SOAK_ALGORITHM:-mappo}" --seed 1 --steps 1e11 $settings \
  --out "$work/run" >/dev/null 2>"$work/log" &
pid=$!
trap 'kill -9 "$pid" 2>/dev/null; rm -rf "$work"' EXIT

echo "seconds,env_steps,heap_kb,resident_kb,resident_anonymous_kb,threads" >"$csv"
seconds=0
while [ "$seconds" -lt "$((minutes * 60))" ]; do
  sleep 30
  seconds=$((seconds + 30))
  "$home/bin/jcmd" "$pid" GC.run >/dev/null || { echo "the training ended:"; tail -n 5 "$work/log"; exit 1; }
  heap=$("$home/bin/jstat" -gc "$pid" | awk '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
    NR == 2 { printf "%d", $at["S0U"] + $at["S1U"] + $at["EU"] + $at["OU"] }')
  steps=$(tail -n 1 "$work/run/metrics.csv" | cut -d, -f1)
  resident=$(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status")
  anonymous=$(sed -n 's/^RssAnon:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status")
  threads=$(sed -n 's/^Threads:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status")
  echo "$seconds,$steps,$heap,$resident,$anonymous,$threads" | tee -a "$csv"
done
