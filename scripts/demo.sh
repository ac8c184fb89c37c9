#!/bin/sh
# Plays a week of a real team on a simulation register: usage demo.sh BINARY FOLDER.
# Every line that begins with $ is a command, and what follows it is its real output.
set -eu
case "$1" in /*) bin=$1 ;; *) bin=$PWD/$1 ;; esac
out=$2
mkdir -p "$out"
out=$(cd "$out" && pwd)
rm -rf "$out/portail"
rm -f "$out"/*.svg "$out"/*.csv "$out"/*.sqlite "$out"/*.ics "$out"/*.md "$out"/*.html "$out"/*.txt "$out"/*.jsonl
PREAVIS_REGISTER=$out/register.sqlite
PREAVIS_CALENDARS=$PWD/calendars
PREAVIS_TEMPLATES=$PWD/templates
LANG=${DEMO_LANG:-fr_FR.UTF-8}
LC_ALL=$LANG
export PREAVIS_REGISTER PREAVIS_CALENDARS PREAVIS_TEMPLATES PREAVIS_NOW LANG LC_ALL

step() { printf '\n── %s\n' "$1"; }
at() { PREAVIS_NOW=$1; printf '\n[%s]\n' "$1"; }
# run WANTED-EXIT-CODE ARGUMENTS…
run() {
  wanted=$1
  shift
  printf '$ preavis'
  for word in "$@"; do case "$word" in *[\ \;\&]*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac; done
  printf '\n'
  code=0
  "$bin" "$@" || code=$?
  [ "$code" = "$wanted" ] || { echo "demo: exit code $code, expected $wanted" >&2; exit 1; }
}

step "Lundi : le registre, et une semaine à planifier"
at 2026-10-19T09:00:00+02:00
run 0 init --simulation
run 0 windows --month 2026-10
step "Une minute de trop : refusé, avec des créneaux"
run 3 check --start 2026-10-22T05:00 --end 2026-10-22T07:01
step "Le créneau proposé est pris"
run 0 submit --start 2026-10-22T05:00 --end 2026-10-22T07:00 --title "Migration de la base" --component application
step "47 h 59 min de préavis : refusé, gardé comme brouillon"
at 2026-10-19T10:01:00+02:00
run 3 submit --start 2026-10-21T10:00 --duration 30m --title "Correctif réseau" --impact degraded
run 3 submit --start 2026-10-21T00:00 --duration 30m --title "Rotation des certificats"
run 0 reschedule CHG-2026-0003 --start 2026-10-22T00:00 --duration 30m
step "La nuit du changement d’heure : 02:30 existe deux fois"
run 64 check --start 2026-10-25T02:30 --duration 1h
run 0 submit --start 2026-10-25T02:30+02:00 --duration 2h --title "Renumérotation des index"
step "Un pont : lundi 2 novembre n’est pas férié, dimanche 1er l’est"
run 3 check --start 2026-11-02T08:00 --duration 1h
run 0 slots --duration 20h --count 3
step "Mardi : le fournisseur est en retard"
at 2026-10-20T15:00:00+02:00
run 0 reschedule CHG-2026-0001 --start 2026-10-25T08:00 --duration 2h --reason "Le fournisseur livre samedi"
step "Mercredi : une urgence, enregistrée après coup"
at 2026-10-21T11:20:00+02:00
run 0 emergency --start 2026-10-21T10:40 --end 2026-10-21T11:10 --title "Disque plein" --reason "Alarme de stockage" --lang fr
step "Une mise à jour sans interruption, avec formation"
run 0 submit --start 2026-10-27T10:00 --duration 1h --title "Version 5.2" --update 5.2 --category evolution \
  --training --no-interruption --documentation https://portal.example/5.2
step "Ce que les clients doivent encore lire"
run 0 notices due
run 0 notices published CHG-2026-0006 --channel portal
step "Des demandes en nombre, jugées d’abord à blanc"
printf 'title;start;duration;impact\nPurge des journaux;2026-10-30T01:00;1h;none\nBascule;2026-10-30T09:00;1h;outage\n' > "$out/demandes.csv"
run 3 import "$out/demandes.csv" --dry-run
step "Jeudi : la renumérotation est annulée"
at 2026-10-22T09:00:00+02:00
run 0 cancel CHG-2026-0004 --reason "Inutile avec la version 5.2"
step "Dimanche : le travail a lieu"
at 2026-10-25T08:04:00+01:00
run 0 start CHG-2026-0001
at 2026-10-25T09:40:00+01:00
run 0 complete CHG-2026-0001
step "Ce que les clients lisent"
run 0 list
run 0 history CHG-2026-0001
for lang in fr en; do
  run 0 feed --lang $lang -o "$out/maintenance.$lang.ics"
  for notice in CHG-2026-0001/announcement CHG-2026-0001/rescheduled CHG-2026-0001/completed CHG-2026-0004/cancelled \
    CHG-2026-0005/regularisation CHG-2026-0006/update; do
    change=${notice%/*}
    kind=${notice#*/}
    "$bin" notice "$change" --kind "$kind" --lang $lang --format html -o "$out/$change-$kind.$lang.html"
    "$bin" notice "$change" --kind "$kind" --lang $lang --format markdown -o "$out/$change-$kind.$lang.md"
  done
done
run 0 notice CHG-2026-0001 --kind rescheduled --lang fr
step "Tout le portail, pour n’importe quel serveur web ; l’année du contrat sur une page"
run 0 export --out "$out/portail"
run 0 feed doctor "$out/portail/profession-liberale/feeds/maintenance.fr.ics"
run 0 annex --year 2027 --format svg --lang fr -o "$out/2027.svg"
run 0 support-clock --at 2026-10-23T16:45
run 0 register verify
grep -c '^BEGIN:VEVENT' "$out/maintenance.fr.ics" | sed 's/^/Événements dans le flux : /'
printf '\nTout est dans %s :\n' "$out"
ls "$out"
