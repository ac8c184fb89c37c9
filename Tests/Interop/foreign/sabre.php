<?php
// Reads a feed with sabre/vobject, the parser of Nextcloud and Baïkal: sabre.php FILE. Prints one line of JSON.
error_reporting(E_ERROR);
set_time_limit(30);
require_once '/usr/share/php/Sabre/VObject/includes.php';

function moment($property) {
    if (!$property) return null;
    if (strlen((string) $property) === 8) return $property->getDateTime()->format('Y-m-d');
    if (substr((string) $property, -1) !== 'Z') return 'floating:' . $property;
    $time = clone $property->getDateTime();
    return $time->setTimezone(new DateTimeZone('UTC'))->format('Y-m-d\TH:i:s\Z');
}

function value($event, $name) { return isset($event->$name) ? (string) $event->$name : null; }

try {
    $calendar = Sabre\VObject\Reader::read(file_get_contents($argv[1]));
    if ($calendar->name !== 'VCALENDAR') throw new Exception('not a calendar');
    $problems = array_filter($calendar->validate(), fn($problem) => $problem['level'] >= 2);
    $events = [];
    foreach ($calendar->select('VEVENT') as $event) {
        $events[] = [
            'uid' => value($event, 'UID'), 'start' => moment($event->DTSTART), 'end' => moment($event->DTEND),
            'summary' => value($event, 'SUMMARY'), 'status' => value($event, 'STATUS'),
            'sequence' => (int) value($event, 'SEQUENCE')];
    }
    $answer = ['ok' => !$problems, 'error' => implode('; ', array_column($problems, 'message')), 'events' => $events];
} catch (Throwable $error) {
    $answer = ['ok' => false, 'error' => get_class($error) . ': ' . $error->getMessage(), 'events' => []];
}
echo json_encode($answer, JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE), "\n";
