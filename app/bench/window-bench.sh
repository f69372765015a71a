#!/usr/bin/env bash
# How fast the window is: first moving frame, frames while training, longest hold of the FX thread.
# Needs Xvfb; renders in software. Prints one line per figure and exits 1 when one is too slow.
#
#   app/bench/window-bench.sh [seconds of training, 30]
#
# The figures, and where they come from:
#   first moving frame   milliseconds from the start of the JVM's process until agents moved on screen
#                        (median of 3 starts; -Dmarlab.startup.trace)
#   frame work           what the FX thread did for one picture: events, telemetry, painting, layout
#   frame CPU            processor time of the FX thread from one picture to the next, all included
#   frame interval       from one pulse to the next; JavaFX asks for one every 16.7 ms
#   longest FX task      the longest single task on the FX thread after the window was shown
#   (all but the first: -Dmarlab.frames.trace, from 2 s after the first picture on)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
seconds=${1:-30}
work=$(mktemp -d)
display=:$((RANDOM % 400 + 100))
Xvfb "$display" -screen 0 1920x1200x24 >/dev/null 2>&1 &
xvfb=$!
trap 'kill "$xvfb" 2>/dev/null; rm -rf "$work"' EXIT
sleep 1
export DISPLAY=$display

# window NAME MILLISECONDS [OPTION...]
window() {
  local name=$1 millis=$2
  shift 2
  MARLAB_JAVA_OPTIONS="-Dprism.order=sw -Dmarlab.startup.trace=true \
    -Dmarlab.settings=$work/settings.properties \
    -Dmarlab.screenshot=$work/$name.png,$millis $*" \
    "$root/marlab" --runs "$work/runs" --theme light >"$work/$name.log" 2>&1
}

for k in 1 2 3; do
  window "start$k" 1500
done
window training $((seconds * 1000 + 4000)) -Dmarlab.autotrain=true \
  "-Dmarlab.frames.trace=$work/frames.csv"

# Lines of the training run, from 2 s after the first picture to 1 s before the last: the picture
# file at the end is not a window's everyday work.
end=$(tail -1 "$work/frames.csv" | cut -d, -f1)
awk -F, -v end="$end" 'NR == 2 { begin = $1 }
  NR > 2 && $2 != "NaN" && $1 > begin + 2000 && $1 < end - 1000' \
  "$work/frames.csv" >"$work/steady.csv"
count=$(wc -l <"$work/steady.csv")

# at COLUMN PERCENT: that percentile of a column
at() {
  cut -d, -f"$1" "$work/steady.csv" | sort -g | sed -n "$((count * $2 / 100 + 1))p"
}

# longest FILE: time and name of the longest task
longest() { tail -n +2 "$1" | sort -t, -k4 -g | tail -1 | cut -d, -f4,5; }

first=$(sed -n 's/^first moving frame after \([0-9]*\) ms.*/\1/p' "$work"/start?.log |
  sort -n | sed -n 2p)
task=$(longest "$work/steady.csv")
printf 'first moving frame  %8s ms  (limit 2500)\n' "$first"
printf 'frame work p95      %8s ms  (limit 16.7; median %s)\n' "$(at 3 95)" "$(at 3 50)"
printf 'frame CPU p95       %8s ms  (median %s)\n' "$(at 6 95)" "$(at 6 50)"
printf 'frame interval p95  %8s ms  (median %s, p99 %s; %s frames)\n' \
  "$(at 2 95)" "$(at 2 50)" "$(at 2 99)" "$count"
printf 'longest FX task     %8s ms  (limit 50; %s; with the first 2 s %s)\n' \
  "${task%,*}" "${task#*,}" "$(longest "$work/frames.csv" | tr , ' ')"
awk -v f="$first" -v w="$(at 3 95)" -v t="${task%,*}" \
  'BEGIN { exit !(f <= 2500 && w <= 16.7 && t <= 50) }'
