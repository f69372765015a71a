#!/usr/bin/env bash
# Kills marlab at random moments while it records, films and saves. After each kill the files from
# before must be as they were, and the one being written readable or absent.
#
#   app/bench/kill-files.sh [KILLS]     (20 of each, about five minutes; run ./marlab once before)
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
kills="${1:-20}"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
program=(./marlab)   # it becomes the JVM by exec: a kill hits that
bad=0

say_bad() { bad=$((bad + 1)); echo "BAD: $*"; }

# kill_during LEAST MOST COMMAND…: starts it and kills it after so many seconds, unless it is done
kill_during() {
    local least="$1" most="$2"
    shift 2
    "${program[@]}" "$@" >/dev/null 2>&1 &
    local process=$!
    sleep "$(awk -v r=$RANDOM -v l="$least" -v m="$most" 'BEGIN { print l + (m - l) * r / 32768 }')"
    kill -9 $process 2>/dev/null && killed=$((killed + 1))
    wait $process 2>/dev/null
}

"${program[@]}" record --world simple_spread --set agents=12 --steps 10000 \
    --out "$folder/before.marlab-replay" >/dev/null 2>&1 || exit 1
sum="$(md5sum < "$folder/before.marlab-replay")"

for what in record video save; do
    killed=0 readable=0 absent=0
    for k in $(seq "$kills"); do
        rm -f "$folder"/now*
        case $what in
            record) now="$folder/now.marlab-replay"
                kill_during 0.5 4 record --world simple_spread --set agents=12 --steps 1000000 --out "$now" ;;
            video) now="$folder/now.mp4"
                kill_during 0.5 4 video "$folder/before.marlab-replay" --size 640x360 --episodes 0-3 --out "$now" ;;
            save) now="$folder/now2.marlab-replay"
                kill_during 0.25 1.2 replay "$folder/before.marlab-replay" --repair "$now" ;;
        esac
        [ "$(md5sum < "$folder/before.marlab-replay")" = "$sum" ] || say_bad "$what: the earlier file changed"
        if [ ! -e "$now" ]; then
            absent=$((absent + 1))
        elif [ $what = video ]; then
            if ! command -v ffprobe >/dev/null; then continue; fi
            ffprobe -v error -count_frames -show_entries stream=nb_read_frames "$now" >/dev/null \
                && readable=$((readable + 1)) || say_bad "video: $now can't be read"
        else
            out="$("${program[@]}" replay "$now" 2>&1)" && readable=$((readable + 1)) \
                || { case "$out" in *"holds no moment"*) absent=$((absent + 1)) ;; *) say_bad "$what: $out" ;; esac; }
        fi
    done
    echo "$what: $killed of $kills killed, $readable readable, $absent absent or empty"
done
[ $bad = 0 ] && echo "all earlier files intact, all current ones readable or absent"
exit $((bad > 0))
