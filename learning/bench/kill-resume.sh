#!/bin/sh
# Kills a training without warning at random moments, resumes it each time, and compares what comes
# out with an undisturbed run: figures, networks, optimisers, random streams, worlds, replay memory,
# bit for bit.
#
#   learning/bench/kill-resume.sh [KILLS [ALGORITHM [STEPS]]]      (default: 10 mappo 600000)
#
# Exit code 0 where they are equal, 1 where they differ.
set -u

root=$(cd "$(dirname "$0")/../.." && pwd)
kills=${1:-10}
algorithm=${2:-mappo}
steps=${3:-600000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

set -- --world simple_spread --algorithm "$algorithm" --seed 11 --steps "$steps" \
  --set checkpoint_every=7 --set evaluate_every=20 --set evaluate_episodes=10

"$root/marlab" train "$@" --out "$work/undisturbed" >/dev/null 2>"$work/log" ||
  { cat "$work/log"; exit 1; }

run=$work/killed
done_kills=0
"$root/marlab" train "$@" --out "$run" >/dev/null 2>>"$work/log" &
while :; do
  pid=$!
  # from 1 to 8 seconds: while starting, training, saving
  sleep "$(awk -v k="$done_kills" 'BEGIN { srand(); srand(srand() * 100 + k); printf "%.3f", 1 + 7 * rand() }')"
  if [ -e "$run/DONE" ] || [ "$done_kills" -ge "$kills" ]; then
    wait "$pid"
    break
  fi
  kill -9 "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
  done_kills=$((done_kills + 1))
  newest=$(ls "$run/checkpoints" 2>/dev/null | tail -n 1)
  echo "kill $done_kills after checkpoint ${newest:-none}"
  if [ -n "$newest" ]; then
    "$root/marlab" resume "$run" >/dev/null 2>>"$work/log" &
  else # nothing to go on from yet
    rm -rf "$run"
    "$root/marlab" train "$@" --out "$run" >/dev/null 2>>"$work/log" &
  fi
done
[ -e "$run/DONE" ] || { echo "the killed run did not end:"; tail -n 5 "$work/log"; exit 1; }

for file in "$work"/undisturbed/metrics.csv "$run/metrics.csv"; do
  cut -d, -f1,3- "$file" >"$file.figures" # without the wall clock
done
newest=$(ls "$work/undisturbed/checkpoints" | tail -n 1)
same=yes
cmp "$work/undisturbed/metrics.csv.figures" "$run/metrics.csv.figures" || same=no
for file in "$work/undisturbed/checkpoints/$newest"/*.npz; do
  cmp "$file" "$run/checkpoints/$newest/$(basename "$file")" || same=no
done
echo "$algorithm, $steps steps, $done_kills kills, last checkpoint $newest: equal: $same"
[ "$same" = yes ]
