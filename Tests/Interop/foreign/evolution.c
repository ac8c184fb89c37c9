/* GNOME Evolution's own webcal client, living on while a feed changes: evolution SOURCE, in a private D-Bus session.
 * "refresh" on standard input asks for a refresh, which goes on by itself; any other line lists what the client's cache
 * holds. Each answer is one line of JSON. */
#define _GNU_SOURCE
#include <libecal/libecal.h>
#include <stdio.h>
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

static void moment(const char *name, ECalComponentDateTime *at) {
  ICalTime *time = at == NULL ? NULL : e_cal_component_datetime_get_value(at);
  char written[64];
  if (time == NULL) {
    text(name, NULL);
    return;
  }
  if (i_cal_time_is_date(time)) {
    snprintf(written, sizeof written, "%04d-%02d-%02d", i_cal_time_get_year(time), i_cal_time_get_month(time),
             i_cal_time_get_day(time));
  } else {
    int utc = i_cal_time_is_utc(time);
    snprintf(written, sizeof written, "%s%04d-%02d-%02dT%02d:%02d:%02d%s", utc ? "" : "floating:",
             i_cal_time_get_year(time), i_cal_time_get_month(time), i_cal_time_get_day(time), i_cal_time_get_hour(time),
             i_cal_time_get_minute(time), i_cal_time_get_second(time), utc ? "Z" : "");
  }
  text(name, written);
}

static const char *status(ICalPropertyStatus status) {
  switch (status) {
    case I_CAL_STATUS_CONFIRMED: return "CONFIRMED";
    case I_CAL_STATUS_CANCELLED: return "CANCELLED";
    case I_CAL_STATUS_TENTATIVE: return "TENTATIVE";
    default: return NULL;
  }
}

static int failed(GError *error) {
  printf("{\"ok\":false,\"events\":[],");
  text("error", error == NULL ? "unknown" : error->message);
  printf("}\n");
  fflush(stdout);
  return 1;
}

int main(int count, char **arguments) {
  GError *error = NULL;
  ESourceRegistry *registry = e_source_registry_new_sync(NULL, &error);
  if (registry == NULL || count != 2) return failed(error);
  ESource *source = NULL;
  for (int tries = 0; tries < 40 && source == NULL; tries++) {
    source = e_source_registry_ref_source(registry, arguments[1]);
    if (source == NULL) g_usleep(250000);
  }
  if (source == NULL) return failed(NULL);
  EClient *client = e_cal_client_connect_sync(source, E_CAL_CLIENT_SOURCE_TYPE_EVENTS, 5, NULL, &error);
  if (client == NULL) return failed(error);
  char line[16];
  while (fgets(line, sizeof line, stdin) != NULL) {
    g_clear_error(&error);
    if (strcmp(line, "refresh\n") == 0) {
      if (e_client_refresh_sync(client, NULL, &error)) puts("{\"ok\":true,\"events\":[]}");
      else failed(error);
      fflush(stdout);
      continue;
    }
    GSList *components = NULL;
    if (!e_cal_client_get_object_list_as_comps_sync((ECalClient *)client, "#t", &components, NULL, &error)) {
      failed(error);
      continue;
    }
    printf("{\"ok\":true,\"events\":[");
    for (GSList *item = components; item != NULL; item = item->next) {
      ECalComponent *component = item->data;
      ECalComponentText *summary = e_cal_component_get_summary(component);
      printf("%s{", item == components ? "" : ",");
      text("uid", e_cal_component_get_uid(component));
      putchar(',');
      moment("start", e_cal_component_get_dtstart(component));
      putchar(',');
      moment("end", e_cal_component_get_dtend(component));
      putchar(',');
      text("summary", summary == NULL ? NULL : e_cal_component_text_get_value(summary));
      putchar(',');
      text("status", status(e_cal_component_get_status(component)));
      printf(",\"sequence\":%d}", e_cal_component_get_sequence(component));
    }
    printf("]}\n");
    fflush(stdout);
    g_slist_free_full(components, g_object_unref);
  }
  _exit(0);
}
