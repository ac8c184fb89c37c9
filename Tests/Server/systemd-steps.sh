# What is tried inside systemd.sh. Standard output holds nothing but the findings.
ip link set lo up
install -d -o preavis -g preavis -m 700 /var/lib/preavis

own() {
  runuser -u preavis -- env PREAVIS_CALENDARS=/etc/preavis/calendars PREAVIS_TEMPLATES=/etc/preavis/templates \
    PREAVIS_REGISTER=/var/lib/preavis/register.sqlite LANG=C.UTF-8 preavis "$@"
}
expect() { if [ "$2" = "$3" ]; then echo "ok   $1"; else echo "FAIL $1: $2, not $3"; fi; }
state() { systemctl show preavis -P "$1"; }
ask() { curl -sk -m 9 --retry 9 --retry-connrefused --retry-delay 1 --retry-max-time 9 -o /dev/null -w '%{http_code}' "$@"; }
through_socket() {
  for _ in 1 2 3 4 5 6 7 8 9 10; do [ -S /run/preavis/http.sock ] && break || sleep 0.5; done
  runuser -u "$1" -- curl -s -m 9 -o /dev/null -w '%{http_code}' --unix-socket /run/preavis/http.sock http://a/readyz
}
drop_in() {
  systemctl stop preavis
  mkdir -p /etc/systemd/system/preavis.service.d
  printf '[Service]\n%b' "$1" > /etc/systemd/system/preavis.service.d/own.conf
  systemctl daemon-reload
  systemctl start preavis
}

own init >&2
systemctl start preavis
expect "is ready" "$(ask http://127.0.0.1:8080/readyz)" 200
expect "serves the feed" "$(ask http://127.0.0.1:8080/profession-liberale/feeds/maintenance.fr.ics)" 200
pid=$(state MainPID)
expect "runs as its own user" "$(stat -c %U /proc/$pid)" preavis
expect "has no capability" "$(grep CapBnd /proc/$pid/status | awk '{print $2}')" 0000000000000000
expect "filters system calls" "$(grep -E '^Seccomp:' /proc/$pid/status | tr -dc 0-9)" 2
expect "may open many files" "$(grep 'open files' /proc/$pid/limits | awk '{print $4}')" 16384

own mailing create --to clients@example.org >&2
token=$(own token create --name ada --role release-manager --lang en 2> /run/out/errors | grep -o '^prv_.*')
start=$(date -u -d '+12 days' +%Y-%m-%dT23:00:00Z)
later=$(date -u -d '+13 days' +%Y%m%dT230000Z)
calls=http://127.0.0.1:8080/api/v1
expect "takes a change" "$(ask -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -H 'Idempotency-Key: 1' \
  -d "{\"title\":\"Essai\",\"start\":\"$start\",\"duration\":\"1h\"}" $calls/changes)" 201
calendar="BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:$later\r\nDTSTART:$later\r\nDURATION:PT1H\r\n"
printf "${calendar}SUMMARY:Essai deux\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n" > /run/plan.ics
expect "reads a calendar in a process of its own" "$(ask -H "Authorization: Bearer $token" -H 'Content-Type: text/calendar' \
  --data-binary @/run/plan.ics $calls/imports)" 200
for _ in 1 2 3 4 5 6 7 8 9 10; do
  [ "$(ls /var/lib/preavis | grep -c '^mail')" = 2 ] && break
  sleep 1
done
expect "hands over mail" "$(ls /var/lib/preavis | grep -c '^mail')" 2

kill -9 "$pid"
sleep 3
expect "comes back" "$(ask http://127.0.0.1:8080/readyz) $(state NRestarts)" "200 1"
begin=$(date +%s)
systemctl stop preavis
expect "stops in time" "$([ $(($(date +%s) - begin)) -le 10 ] && echo yes) $(state Result) $(state ExecMainStatus)" "yes success 0"
own register verify >&2
expect "leaves a whole register" "$?" 0

openssl req -x509 -newkey rsa:2048 -nodes -keyout /etc/preavis/key.pem -out /etc/preavis/cert.pem -days 2 -subj /CN=localhost >&2
chown preavis /etc/preavis/*.pem
run='ExecStart=\nExecStart=/usr/local/bin/preavis serve --listen'
drop_in "$run 127.0.0.1:8443 --tls-certificate /etc/preavis/cert.pem --tls-key /etc/preavis/key.pem\n"
expect "speaks TLS" "$(ask https://127.0.0.1:8443/readyz)" 200
drop_in "$run unix:/run/preavis/http.sock --trusted-proxy unix\nRuntimeDirectory=preavis\nGroup=www-data\nUMask=0007\n"
expect "lets nginx's user come through a Unix socket" \
  "$(through_socket www-data)" 200
expect "and nobody else's" \
  "$(through_socket nobody)" 000
systemctl stop preavis
expect "stops" "$(state ActiveState) $(state Result)" "inactive success"
echo end
