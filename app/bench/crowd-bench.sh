#!/usr/bin/env bash
# Whether crowds are drawn at 50 frames a second while training runs: 10,000 birds of vicsek and
# 4,000 agents of pogema on 256 × 256 cells. Needs Xvfb; renders in software. Prints the figures of
# window-bench.sh per world, and exits 1 when one is too slow.
#
#   app/bench/crowd-bench.sh [seconds of training per world, 20] [world]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
seconds=${1:-20}
only=${2:-}
work=$(mktemp -d)
display=:$((RANDOM % 400 + 500))
Xvfb "$display" -screen 0 1920x1200x24 >/dev/null 2>&1 &
xvfb=$!
trap 'kill "$xvfb" 2>/dev/null; rm -rf "$work"' EXIT
sleep 1
export DISPLAY=$display
failed=0

# at COLUMN PERCENT: that percentile of a column of the steady part
at() {
  cut -d, -f"$1" "$work/steady.csv" | sort -g | sed -n "$((count * $2 / 100 + 1))p"
}

# crowd WORLD SETTING...: figures of one world, from 4 s after the first picture to 1 s before the
# last
crowd() {
  local world=$1 end count
  [ -z "$only" ] || [ "$only" = "$world" ] || return 0
  local -a settings=()
  for setting in "${@:2}"; do settings+=(--set "$setting"); done
  MARLAB_JAVA_OPTIONS="-Dprism.order=sw -Dmarlab.autotrain=true \
    -Dmarlab.settings=$work/settings.properties -Dmarlab.frames.trace=$work/frames.csv \
    -Dmarlab.screenshot=$work/$world.png,$((seconds * 1000 + 6000)) ${CROWD_OPTIONS:-}" \
    "$root/marlab" --runs "$work/runs" --theme light --world "$world" --set copies=1 \
    "${settings[@]}" >"$work/$world.log" 2>&1 || cat "$work/$world.log"
  [ -z "${CROWD_PICTURES:-}" ] || cp "$work/$world.png" "$CROWD_PICTURES"
  end=$(tail -1 "$work/frames.csv" | cut -d, -f1)
  awk -F, -v end="$end" 'NR == 2 { begin = $1 }
    NR > 2 && $2 != "NaN" && $1 > begin + 4000 && $1 < end - 1000' \
    "$work/frames.csv" >"$work/steady.csv"
  count=$(wc -l <"$work/steady.csv")
  awk -v w="$world" -v m="$(at 2 50)" -v s="$(at 2 95)" -v work="$(at 3 95)" \
    -v half="$(at 3 50)" -v cpu="$(at 6 95)" -v cpuHalf="$(at 6 50)" 'BEGIN {
      printf "%-8s %5.1f frames/s (limit 50; p5 %.1f)", w, 1000 / m, 1000 / s
      printf "  work p95 %.2f ms (limit 16.7; median %.2f)", work, half
      printf "  CPU p95 %.2f ms (median %.2f)\n", cpu, cpuHalf
      exit !(1000 / m >= 50 && work <= 16.7)
    }' || failed=1
}

crowd vicsek agents=10000 density=2 speed=0.1
crowd pogema height=256 width=256 agents=4000 horizon=256
exit $failed
