#!/bin/sh
# Kills a training without warning at random moments, resumes it each time, and compares what comes
# out with an undisturbed run: figures, networks, optimisers, random streams, worlds, replay memory,
# bit for bit. The replays for the film of learning are compared after each kill too: those that are
# there are whole, and a draft at most is beside them.
#
#   learning/bench/kill-resume.sh [KILLS [ALGORITHM [STEPS]]]      (default: 10 mappo 200000)
#
# Exit code 0 where they are equal, 1 where they differ.
set -u

root=$(cd "$(dirname "$0")/../.." && pwd)
kills=${1:-10}
algorithm=${2:-mappo}
steps=${3:-200000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The program itself, as built now: what is killed must be it, not a script that builds it.
home=$(MARLAB_JAVA_OPTIONS=-XshowSettings:properties "$root/marlab" --version 2>&1 |
  sed -n 's/^ *java.home = //p')
cp -r "$root/app/target/lib" "$work/lib"
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
marlab() {
  exec "$home/bin/java" --enable-native-access=ALL-UNNAMED,javafx.graphics \
    --sun-misc-unsafe-memory-access=allow -Djava.awt.headless=true -Xmx2g \
    --module-path "$work/lib/javafx" --add-modules javafx.controls \
    -cp "$work/lib/*" marlab.app.Launcher "$@"
}

set -- --world simple_spread --algorithm "$algorithm" --seed 11 --steps "$steps" \
  --set checkpoint_every=2 --set evaluate_every=20 --set evaluate_episodes=10

whole=$work/undisturbed/run # the runs' own name is in their replays
run=$work/killed/run
(marlab train "$@" --out "$whole") >/dev/null 2>"$work/log" ||
  { cat "$work/log"; exit 1; }

damaged=0
films() {
  for film in "$run"/replays/learning/*.marlab-replay; do
    [ -e "$film" ] || continue
    cmp "$film" "$whole/replays/learning/$(basename "$film")" || damaged=$((damaged + 1))
  done
}
done_kills=0
newest() { ls "$run/checkpoints" 2>/dev/null | tail -n 1; }
marlab train "$@" --out "$run" >/dev/null 2>>"$work/log" &
while :; do
  pid=$!
  # two of three die some moments after a checkpoint of their own, the others at any moment
  known=$(newest)
  if [ "$((done_kills % 3))" -lt 2 ]; then
    while [ "$(newest)" = "$known" ] && kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
  fi
  sleep "$(awk -v k="$done_kills" 'BEGIN { srand(); srand(srand() * 100 + k); printf "%.3f", 3 * rand() }')"
  if [ -e "$run/DONE" ] || [ "$done_kills" -ge "$kills" ]; then
    wait "$pid"
    break
  fi
  kill -9 "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
  done_kills=$((done_kills + 1))
  films
  echo "kill $done_kills after checkpoint $(newest), $(ls "$run"/replays/learning 2>/dev/null |
    wc -l) films, damaged so far: $damaged"
  if [ -n "$(newest)" ]; then
    marlab resume "$run" >/dev/null 2>>"$work/log" &
  else # nothing to go on from yet
    rm -rf "$run"
    marlab train "$@" --out "$run" >/dev/null 2>>"$work/log" &
  fi
done
[ -e "$run/DONE" ] || { echo "the killed run did not end:"; tail -n 5 "$work/log"; exit 1; }

for file in "$whole/metrics.csv" "$run/metrics.csv"; do
  cut -d, -f1,3- "$file" >"$file.figures" # without the wall clock
done
newest=$(ls "$whole/checkpoints" | tail -n 1)
same=yes
cmp "$whole/metrics.csv.figures" "$run/metrics.csv.figures" || same=no
for file in "$whole/checkpoints/$newest"/*.npz; do
  cmp "$file" "$run/checkpoints/$newest/$(basename "$file")" || same=no
done
[ "$(ls "$whole/replays/learning")" = "$(ls "$run/replays/learning")" ] || same=no
films
[ "$damaged" = 0 ] || same=no
echo "$algorithm, $steps steps, $done_kills kills, last checkpoint $newest," \
  "$(ls "$run/replays/learning" | wc -l) films: equal: $same"
[ "$same" = yes ]
