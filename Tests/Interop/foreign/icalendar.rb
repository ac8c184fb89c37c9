# Reads a feed with the gem icalendar: icalendar.rb FILE. Prints one line of JSON.
require "stringio" # the gem of Debian 12 uses it without asking for it
require "icalendar"
require "json"

def moment(value)
  return nil if value.nil?
  return value.strftime("%Y-%m-%d") if value.is_a?(Icalendar::Values::Date)
  return "floating:#{value.strftime('%Y-%m-%dT%H:%M:%S')}" unless value.tz_utc
  value.to_time.utc.strftime("%Y-%m-%dT%H:%M:%SZ")
end

begin
  data = File.binread(ARGV.fetch(0)).force_encoding("UTF-8")
  raise "not UTF-8" unless data.valid_encoding?
  calendars = Icalendar::Calendar.parse(data)
  raise "#{calendars.size} calendars" unless calendars.size == 1
  events = calendars.first.events.map do |event|
    { uid: event.uid&.to_s, start: moment(event.dtstart), end: moment(event.dtend), summary: event.summary&.to_s,
      status: event.status&.to_s, sequence: event.sequence&.to_i }
  end
  puts JSON.generate({ ok: true, events: events })
rescue StandardError => e
  puts JSON.generate({ ok: false, error: "#{e.class}: #{e.message}".scrub, events: [] })
end
