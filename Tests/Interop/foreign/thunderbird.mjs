// Reads a feed with the ical.js that Thunderbird ships: thunderbird.mjs FILE, ICALJS=…/Ical.sys.mjs. Prints one line of JSON.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const ICAL = (await import(pathToFileURL(process.env.ICALJS).href)).default;
ICAL.design.strict = true;

function moment(time) {
  if (time === null) return null;
  if (time.isDate) return time.toString();
  if (time.zone !== ICAL.Timezone.utcTimezone) return `floating:${time}`;
  return new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z");
}

function read(path) {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(fs.readFileSync(path));
  const calendar = new ICAL.Component(ICAL.parse(text));
  if (calendar.name !== "vcalendar") throw new Error(`not one calendar: ${calendar.name}`);
  return calendar.getAllSubcomponents("vevent").map((part) => {
    const event = new ICAL.Event(part);
    return {
      uid: event.uid, start: moment(event.startDate), end: moment(event.endDate), summary: event.summary,
      status: part.getFirstPropertyValue("status"), sequence: event.sequence ?? 0,
    };
  });
}

let answer;
try {
  answer = { ok: true, events: read(process.argv[2]) };
} catch (error) {
  answer = { ok: false, error: String(error?.message ?? error), events: [] };
}
// Written at once and by hand: process.exit would cut a pipe.
fs.writeFileSync(1, `${JSON.stringify(answer)}\n`);
