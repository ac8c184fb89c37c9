#!/bin/sh
# Makes .build/interop-venv and the foreign readers: usage setup.sh [quick|full|server].
# quick needs pip alone. server makes .build/server-venv, for Tests/Server, with pip alone too. full adds clients from Debian; one that cannot be had is skipped, with its reason. Fails when
# fewer readers are left than the mode asks for. What is there already is not made again.
set -eu
cd "$(dirname "$0")"
mode=${1:-quick}
build=$(cd ../.. && pwd)/.build
venv=$build/interop-venv
tools=$build/interop-tools
log=$build/interop-setup.log
mkdir -p "$build" "$tools"
: > "$log"
ran=0
reader() { ran=$((ran + 1)); printf 'reader  %s\n' "$1"; }
skip() { printf 'skipped %s: %s\n' "$1" "$2"; }

# environment FOLDER REQUIREMENTS… : made anew only when the list of packages has changed.
environment() {
  folder=$1
  shift
  wanted=$(cat "$@" | sha256sum)
  [ "$(cat "$folder/.made-from" 2>/dev/null)" = "$wanted" ] && return 0
  rm -rf "$folder"
  python3 -m venv "$folder" || return 1
  for list in "$@"; do
    "$folder/bin/pip" install -q --disable-pip-version-check --no-input -r "$list" >> "$log" 2>&1 || return 1
  done
  printf '%s\n' "$wanted" > "$folder/.made-from"
}

case $mode in
server)
  if environment "$build/server-venv" requirements-quick.txt requirements-full.txt ../Server/requirements.txt; then
    for client in vdirsyncer khal schemathesis; do
      if "$build/server-venv/bin/$client" --version >> "$log" 2>&1; then reader $client; else skip $client "does not start"; fi
    done
  fi
  printf '%s clients are there (server)\n' "$ran"
  [ "$ran" = 3 ] || { tail -5 "$log" >&2; echo "setup: all three are needed" >&2; exit 1; }
  exit 0
  ;;
quick) lists=requirements-quick.txt minimum=5 ;;
full) lists="requirements-quick.txt requirements-full.txt" minimum=12 ;;
*) echo "usage: setup.sh [quick|full|server]" >&2; exit 64 ;;
esac
# A venv of the full list serves quick as well.
if [ "$mode" = quick ] && [ -x "$venv/bin/khal" ]; then lists="requirements-quick.txt requirements-full.txt"; fi
# shellcheck disable=SC2086
environment "$venv" $lists || { tail -5 "$log" >&2; echo "setup: the Python readers cannot be installed" >&2; exit 1; }
for module in icalendar recurring_ical_events ics vobject; do
  if "$venv/bin/python" -W ignore -c "import $module" 2>> "$log"; then reader $module; else skip $module "does not import"; fi
done
if environment "$build/interop-venv-maintnote" requirements-maintnote.txt; then
  reader circuit-maintenance-parser
else
  skip circuit-maintenance-parser "pip could not install it (see $log)"
fi

if environment "$build/interop-venv-statuspage" requirements-statuspage.txt; then
  for module in arez discordstatus whadup statuspage_prometheus_exporter; do reader $module; done
else
  skip "clients of status pages" "pip could not install them (see $log)"
fi

if [ "$mode" = full ]; then
  [ "$(id -u)" = 0 ] && sudo="" || sudo=sudo
  missing() { for p in "$@"; do dpkg-query -W -f='${Status}\n' "$p" 2>/dev/null | grep -q '^install ok installed' || echo "$p"; done; }
  updated=no
  # packages NAME PACKAGE… : installs what is missing; false when Debian does not have it.
  packages() {
    name=$1
    shift
    lacking=$(missing "$@")
    [ -z "$lacking" ] && return 0
    if [ $updated = no ]; then $sudo apt-get update -qq >> "$log" 2>&1 || true; updated=yes; fi
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $lacking >> "$log" 2>&1 && return 0
    skip "$name" "apt could not install $(echo $lacking)"
    return 1
  }
  # compiled NAME SOURCE COMMAND… : runs the compiler when the source is newer than the tool.
  compiled() {
    name=$1 source=$2
    shift 2
    if [ "$tools/$name" -nt "$source" ] || "$@" -o "$tools/$name" >> "$log" 2>&1; then reader "$name"; else skip "$name" "does not compile (see $log)"; fi
  }
  packages compilers gcc g++ pkg-config || true
  # shellcheck disable=SC2046
  packages libical libical-dev && compiled libical foreign/libical.c \
    gcc -O1 foreign/libical.c $(pkg-config --cflags --libs libical)
  # shellcheck disable=SC2046
  packages evolution libecal2.0-dev evolution-data-server dbus-x11 && compiled evolution foreign/evolution.c \
    gcc -O1 -w foreign/evolution.c $(pkg-config --cflags --libs libecal-2.0)
  # shellcheck disable=SC2046
  packages kcalendarcore libkf5calendarcore-dev qtbase5-dev && compiled kcalendarcore foreign/kcalendarcore.cpp \
    g++ -fPIC -O1 -w -std=c++17 -I/usr/include/KF5/KCalendarCore -I/usr/include/KF5 foreign/kcalendarcore.cpp \
    $(pkg-config --cflags --libs Qt5Core Qt5Gui) -lKF5CalendarCore
  packages golang-ical golang-go golang-github-arran4-golang-ical-dev && compiled golang-ical foreign/golang/main.go \
    env GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$tools/go-cache" sh -c 'go build "$@" foreign/golang/main.go' go
  packages ruby-icalendar ruby ruby-icalendar ruby-tzinfo && reader ruby-icalendar
  packages sabre-vobject php-cli php-mbstring php-xml php-sabre-vobject && reader sabre-vobject
  packages calcurse calcurse && reader calcurse
  if packages thunderbird nodejs; then
    # Thunderbird's own ical.js: out of Debian's package, which is not installed.
    if [ ! -s "$tools/Ical.sys.mjs" ]; then
      (cd "$tools" && apt-get download thunderbird >> "$log" 2>&1 && dpkg-deb --fsys-tarfile thunderbird_*.deb |
        tar -xO ./usr/share/thunderbird/omni.ja > omni.ja 2>> "$log" &&
        python3 -c "import zipfile; open('Ical.sys.mjs', 'wb').write(zipfile.ZipFile('omni.ja').read('modules/calendar/Ical.sys.mjs'))" 2>> "$log") || true
      rm -f "$tools"/thunderbird_*.deb "$tools/omni.ja"
    fi
    if [ -s "$tools/Ical.sys.mjs" ]; then reader thunderbird; else skip thunderbird "its package could not be read (see $log)"; fi
  fi
  for client in khal vdirsyncer; do
    if "$venv/bin/$client" --version >> "$log" 2>&1; then reader $client; else skip $client "does not start"; fi
  done
  packages neomutt neomutt tmux && reader neomutt
  packages chromium chromium fonts-noto-color-emoji && reader chromium
fi
printf '%s readers ran (%s)\n' "$ran" "$mode"
[ "$ran" -ge "$minimum" ] || { echo "setup: at least $minimum readers are needed" >&2; exit 1; }
