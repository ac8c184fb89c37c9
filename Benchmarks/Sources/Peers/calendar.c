#define _GNU_SOURCE
#include "peers.h"
#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

struct event {
  char *uid, *summary, *description, *url, *organizer, *organizer_name, *category;
  int64_t stamp, created, start, end;
  int32_t sequence, is_cancelled, is_transparent;
};

struct peer_calendar {
  struct event *events;
  size_t count, room;
};

peer_calendar *peer_calendar_new(void) { return calloc(1, sizeof(peer_calendar)); }

void peer_calendar_free(peer_calendar *calendar)
{
  for (size_t i = 0; i < calendar->count; i++) {
    struct event *event = &calendar->events[i];
    free(event->uid);
    free(event->summary);
    free(event->description);
    free(event->url);
    free(event->organizer);
    free(event->organizer_name);
    free(event->category);
  }
  free(calendar->events);
  free(calendar);
}

void peer_calendar_add(
  peer_calendar *calendar, const char *uid, int64_t stamp, int64_t created, int64_t start, int64_t end,
  int32_t sequence, const char *summary, const char *description, const char *url, const char *organizer,
  const char *organizer_name, const char *category, int32_t is_cancelled, int32_t is_transparent)
{
  if (calendar->count == calendar->room) {
    calendar->room = calendar->room ? calendar->room * 2 : 1024;
    calendar->events = realloc(calendar->events, calendar->room * sizeof(struct event));
  }
  calendar->events[calendar->count++] = (struct event){
    .uid = strdup(uid), .summary = strdup(summary), .description = strdup(description), .url = strdup(url),
    .organizer = strdup(organizer), .organizer_name = strdup(organizer_name), .category = strdup(category),
    .stamp = stamp, .created = created, .start = start, .end = end, .sequence = sequence,
    .is_cancelled = is_cancelled, .is_transparent = is_transparent,
  };
}

static struct icaltimetype utc(int64_t seconds)
{
  return icaltime_from_timet_with_zone((time_t)seconds, 0, icaltimezone_get_utc_timezone());
}

static icalcomponent *tree_of(const struct event *event)
{
  icalcomponent *tree = icalcomponent_new_vevent();
  icalcomponent_add_property(tree, icalproperty_new_uid(event->uid));
  icalcomponent_add_property(tree, icalproperty_new_dtstamp(utc(event->stamp)));
  icalcomponent_add_property(tree, icalproperty_new_created(utc(event->created)));
  icalcomponent_add_property(tree, icalproperty_new_lastmodified(utc(event->stamp)));
  icalcomponent_add_property(tree, icalproperty_new_sequence(event->sequence));
  icalcomponent_add_property(tree, icalproperty_new_dtstart(utc(event->start)));
  icalcomponent_add_property(tree, icalproperty_new_dtend(utc(event->end)));
  icalcomponent_add_property(tree, icalproperty_new_summary(event->summary));
  icalcomponent_add_property(tree, icalproperty_new_description(event->description));
  icalcomponent_add_property(tree, icalproperty_new_url(event->url));
  icalproperty *organizer = icalproperty_new_organizer(event->organizer);
  icalproperty_add_parameter(organizer, icalparameter_new_cn(event->organizer_name));
  icalcomponent_add_property(tree, organizer);
  icalcomponent_add_property(
    tree, icalproperty_new_status(event->is_cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
  icalcomponent_add_property(
    tree, icalproperty_new_transp(event->is_transparent ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
  icalproperty *busy = icalproperty_new_x(event->is_transparent ? "FREE" : "BUSY");
  icalproperty_set_x_name(busy, "X-MICROSOFT-CDO-BUSYSTATUS");
  icalcomponent_add_property(tree, busy);
  icalcomponent_add_property(tree, icalproperty_new_categories(event->category));
  return tree;
}

char *peer_calendar_write(const peer_calendar *calendar)
{
  icalcomponent *root = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
  icalcomponent_add_property(root, icalproperty_new_version("2.0"));
  icalcomponent_add_property(root, icalproperty_new_prodid("-//Preavis//Peer//EN"));
  for (size_t i = 0; i < calendar->count; i++) icalcomponent_add_component(root, tree_of(&calendar->events[i]));
  char *text = icalcomponent_as_ical_string_r(root);
  icalcomponent_free(root);
  return text;
}

// Reading.

struct read_event {
  char *uid, *summary, *description, *url, *status;
  int64_t start, end, stamp, last_modified;
  int32_t sequence, is_transparent;
};

struct peer_events {
  struct read_event *events;
  size_t count, room;
};

static char *copy(const char *text) { return text ? strdup(text) : NULL; }

static void read_property(icalproperty *property, struct read_event *event)
{
  switch (icalproperty_isa(property)) {
  case ICAL_UID_PROPERTY: event->uid = copy(icalproperty_get_uid(property)); break;
  case ICAL_SUMMARY_PROPERTY: event->summary = copy(icalproperty_get_summary(property)); break;
  case ICAL_DESCRIPTION_PROPERTY: event->description = copy(icalproperty_get_description(property)); break;
  case ICAL_URL_PROPERTY: event->url = copy(icalproperty_get_url(property)); break;
  case ICAL_STATUS_PROPERTY: event->status = icalproperty_get_value_as_string_r(property); break;
  case ICAL_TRANSP_PROPERTY: {
    char *text = icalproperty_get_value_as_string_r(property);
    event->is_transparent = strncmp(text, "TRANSPARENT", 11) == 0;
    icalmemory_free_buffer(text);
    break;
  }
  case ICAL_SEQUENCE_PROPERTY: event->sequence = icalproperty_get_sequence(property); break;
  case ICAL_DTSTAMP_PROPERTY: event->stamp = icaltime_as_timet(icalproperty_get_dtstamp(property)); break;
  case ICAL_LASTMODIFIED_PROPERTY:
    event->last_modified = icaltime_as_timet(icalproperty_get_lastmodified(property));
    break;
  case ICAL_DTSTART_PROPERTY: event->start = icaltime_as_timet(icalproperty_get_dtstart(property)); break;
  case ICAL_DTEND_PROPERTY: event->end = icaltime_as_timet(icalproperty_get_dtend(property)); break;
  default: break;
  }
}

peer_events *peer_events_read(const char *text)
{
  icalcomponent *root = icalparser_parse_string(text);
  if (!root) return NULL;
  peer_events *events = calloc(1, sizeof(peer_events));
  icalcomponent *component = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT);
  while (component) {
    if (events->count == events->room) {
      events->room = events->room ? events->room * 2 : 1024;
      events->events = realloc(events->events, events->room * sizeof(struct read_event));
    }
    struct read_event *event = &events->events[events->count++];
    memset(event, 0, sizeof(*event));
    icalproperty *property = icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY);
    while (property) {
      read_property(property, event);
      property = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY);
    }
    component = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT);
  }
  icalcomponent_free(root);
  return events;
}

void peer_events_free(peer_events *events)
{
  for (size_t i = 0; i < events->count; i++) {
    struct read_event *event = &events->events[i];
    free(event->uid);
    free(event->summary);
    free(event->description);
    free(event->url);
    free(event->status);
  }
  free(events->events);
  free(events);
}

int64_t peer_events_count(const peer_events *events) { return (int64_t)events->count; }

static uint64_t mix(uint64_t hash, const void *bytes, size_t count)
{
  for (size_t i = 0; i < count; i++) hash = (hash ^ ((const unsigned char *)bytes)[i]) * 1099511628211u;
  return hash;
}

static uint64_t mix_text(uint64_t hash, const char *text)
{
  return mix(hash, text ? text : "", text ? strlen(text) + 1 : 1);
}

static uint64_t mix_number(uint64_t hash, int64_t number) { return mix(hash, &number, sizeof(number)); }

uint64_t peer_events_checksum(const peer_events *events)
{
  uint64_t hash = 14695981039346656037u;
  for (size_t i = 0; i < events->count; i++) {
    const struct read_event *event = &events->events[i];
    hash = mix_text(hash, event->uid);
    hash = mix_text(hash, event->summary);
    hash = mix_text(hash, event->description);
    hash = mix_text(hash, event->url);
    hash = mix_text(hash, event->status);
    hash = mix_number(hash, event->start);
    hash = mix_number(hash, event->end);
    hash = mix_number(hash, event->stamp);
    hash = mix_number(hash, event->last_modified);
    hash = mix_number(hash, event->sequence);
    hash = mix_number(hash, event->is_transparent);
  }
  return hash;
}
