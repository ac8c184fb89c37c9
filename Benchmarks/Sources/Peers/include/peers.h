#ifndef PEERS_H
#define PEERS_H
#include <stddef.h>
#include <stdint.h>

/// What ours is measured against, in C: each does the work that ours does, and its answers are compared with ours.

/// Processor time of this thread and elapsed time, in seconds.
double peer_processor_seconds(void);
double peer_elapsed_seconds(void);

// libical: the events of a feed as a tree of components.

typedef struct peer_calendar peer_calendar;
peer_calendar *peer_calendar_new(void);
void peer_calendar_free(peer_calendar *calendar);
/// Times in seconds since 1970; strings are copied.
void peer_calendar_add(
  peer_calendar *calendar, const char *uid, int64_t stamp, int64_t created, int64_t start, int64_t end,
  int32_t sequence, const char *summary, const char *description, const char *url, const char *organizer,
  const char *organizer_name, const char *category, int32_t is_cancelled, int32_t is_transparent);
/// Builds the tree of all events, prints it and frees it; the text belongs to the caller.
char *peer_calendar_write(const peer_calendar *calendar);

typedef struct peer_events peer_events;
/// Parses a calendar and copies out of each event what `ReadEvent` holds of it; NULL when it cannot be parsed.
peer_events *peer_events_read(const char *text);
void peer_events_free(peer_events *events);
int64_t peer_events_count(const peer_events *events);
/// FNV-1a over everything that was copied, event by event.
uint64_t peer_events_checksum(const peer_events *events);

// sqlite3: the rows of a register. Functions that can fail return 0 when all went well.

/// Fills the look-up tables of a register with booked changes of `services` services (`s0`, `s1`, …), in one
/// transaction: numbers from 1 in 2020, starts `spacing` seconds apart within a service, each change of
/// `shortest` to `shortest + spread` seconds. `with_events` adds to each an event of a plausible size.
int32_t peer_register_fill(
  const char *path, int64_t count, int32_t services, const char *service_prefix, int64_t first_start,
  int64_t spacing, int64_t shortest, int64_t spread, int32_t with_events);

typedef struct peer_register peer_register;
/// Opens `path` with the journal mode `journal` and the synchronous level `synchronous`, and gives it the tables of
/// the register `like` and the rows that stand in it.
peer_register *peer_register_copy(const char *path, const char *like, const char *journal, int32_t synchronous);
peer_register *peer_register_open(const char *path);
void peer_register_close(peer_register *database);
/// Reads up to `limit` changes that `like` has recorded after those of the last call (or of the copy), for
/// `peer_register_submit`.
int32_t peer_register_load(peer_register *database, const char *like, int64_t limit);
/// Records each loaded change in a transaction of its own, after the look-ups that planning needs; returns the number
/// of changes, -1 after an error.
int64_t peer_register_submit(peer_register *database, const char *service, const char *environment);
/// Inserts the rows of every loaded change in one transaction, without a look-up; returns the number of changes, -1 after
/// an error.
int64_t peer_register_import(peer_register *database);
/// Takes over events that are not of a change, and contracts, as `like` holds them: not part of any measurement.
int32_t peer_register_adopt(peer_register *database, const char *like);
/// Rows that stand in one of the two registers only; -1 after an error.
int64_t peer_register_differences(peer_register *database, const char *like);
/// Looks up the bookings that meet each interval; returns their number, and a checksum over them.
int64_t peer_register_bookings(
  peer_register *database, const char *service, const char *environment, const int64_t *starts, const int64_t *ends,
  int64_t count, uint64_t *checksum);

#endif
