/* Reads a feed with libical: libical FILE. Prints one line of JSON: {"ok":…,"error":…,"events":[…]}.
 * Not ok when a line was not understood, a restriction of RFC 5546 is broken, or bytes are left unread. */
#include <libical/ical.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void text(const char *name, const char *value) {
  printf("\"%s\":", name);
  if (value == NULL) {
    printf("null");
    return;
  }
  putchar('"');
  for (; *value != '\0'; value++) {
    unsigned char byte = (unsigned char)*value;
    if (byte == '"' || byte == '\\') printf("\\%c", byte);
    else if (byte < 0x20) printf("\\u%04x", byte);
    else putchar(byte);
  }
  putchar('"');
}

static void moment(const char *name, struct icaltimetype time) {
  char written[64] = "";
  if (icaltime_is_null_time(time)) {
    text(name, NULL);
    return;
  }
  if (time.is_date) {
    snprintf(written, sizeof written, "%04d-%02d-%02d", time.year, time.month, time.day);
  } else {
    const char *before = icaltime_is_utc(time) ? "" : "floating:", *after = icaltime_is_utc(time) ? "Z" : "";
    snprintf(written, sizeof written, "%s%04d-%02d-%02dT%02d:%02d:%02d%s", before, time.year, time.month, time.day,
             time.hour, time.minute, time.second, after);
  }
  text(name, written);
}

static char *contents(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) return NULL;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *bytes = size < 0 ? NULL : malloc((size_t)size + 1);
  if (bytes != NULL) {
    *length = fread(bytes, 1, (size_t)size, file);
    bytes[*length] = '\0';
  }
  fclose(file);
  return bytes;
}

int main(int count, char **arguments) {
  size_t length = 0;
  char *bytes = count == 2 ? contents(arguments[1], &length) : NULL;
  if (bytes == NULL) return 2;
  alarm(30);
  icalerror_set_errors_are_fatal(0);
  icalcomponent *calendar = strlen(bytes) == length ? icalparser_parse_string(bytes) : NULL;
  if (calendar == NULL || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
    printf("{\"ok\":false,\"error\":\"not one calendar\",\"events\":[]}\n");
    return 0;
  }
  int errors = icalcomponent_count_errors(calendar);
  printf("{\"events\":[");
  const char *comma = "";
  for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event != NULL;
       event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
    icalproperty *status = icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY);
    printf("%s{", comma);
    comma = ",";
    text("uid", icalcomponent_get_uid(event));
    putchar(',');
    moment("start", icalcomponent_get_dtstart(event));
    putchar(',');
    moment("end", icalcomponent_get_dtend(event));
    putchar(',');
    text("summary", icalcomponent_get_summary(event));
    putchar(',');
    text("status", status == NULL ? NULL : icalproperty_get_value_as_string(status));
    printf(",\"sequence\":%d}", icalcomponent_get_sequence(event));
  }
  bool allowed = icalrestriction_check(calendar);
  printf("],\"ok\":%s,\"error\":\"%d lines not understood%s\"}\n", errors == 0 && allowed ? "true" : "false", errors,
         allowed ? "" : ", a restriction of RFC 5546 broken");
  icalcomponent_free(calendar);
  free(bytes);
  return 0;
}
