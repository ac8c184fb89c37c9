#define _GNU_SOURCE
#include "peers.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// The rows that one submitted change leaves: what `like` holds, kept in memory between the two clocks.
struct change {
  sqlite3_value *event[7], *row[10], *fragments[2][5], *answer[4];
  int fragment_count;
};

enum { newest, contract, longest, bookings, highest, insert_event, insert_fragment, insert_row, insert_longest, insert_answer, statement_count };

struct peer_register {
  sqlite3 *handle;
  sqlite3_stmt *statements[statement_count];
  struct change *changes;
  size_t count;
  int64_t last_sequence;
};

static const char *const texts[statement_count] = {
  "SELECT sequence, at, stream, type, body, previous, hash FROM events ORDER BY sequence DESC LIMIT 1",
  "SELECT digest FROM contracts WHERE service = ?",
  "SELECT seconds FROM longest_bookings WHERE service = ? AND environment = ?",
  "SELECT year, number, start_at, end_at FROM changes INDEXED BY bookings WHERE booked = 1 AND service = ? AND "
  "environment = ? AND start_at < ? AND start_at > ? AND end_at > ? ORDER BY start_at, year, number",
  "SELECT max(number) FROM changes WHERE year = ?",
  "INSERT INTO events (sequence, at, stream, type, body, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
  "INSERT OR REPLACE INTO fragments (year, number, language, revision, body) VALUES (?, ?, ?, ?, ?)",
  "INSERT OR REPLACE INTO changes (year, number, service, environment, state, start_at, end_at, revision, newest, "
  "booked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  "INSERT INTO longest_bookings (service, environment, seconds) VALUES (?, ?, ?) ON CONFLICT (service, environment) "
  "DO UPDATE SET seconds = max(seconds, excluded.seconds)",
  "INSERT INTO keys (key, request, stream, sequence) VALUES (?, ?, ?, ?)",
};

/// The tables that the register and its peer have to agree in.
static const char *const tables[] = {"events", "changes", "longest_bookings", "fragments", "contracts", "keys"};
enum { table_count = sizeof tables / sizeof *tables };

static int run(sqlite3 *handle, const char *sql)
{
  char *message = NULL;
  int code = sqlite3_exec(handle, sql, NULL, NULL, &message);
  if (code) fprintf(stderr, "sqlite3: %s (%.80s)\n", message ? message : "error", sql);
  sqlite3_free(message);
  return code;
}

static int64_t number(sqlite3 *handle, const char *sql)
{
  sqlite3_stmt *statement;
  int64_t result = -1;
  if (sqlite3_prepare_v2(handle, sql, -1, &statement, NULL)) return -1;
  if (sqlite3_step(statement) == SQLITE_ROW) result = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return result;
}

int32_t peer_register_fill(
  const char *path, int64_t count, int32_t services, const char *service_prefix, int64_t first_start,
  int64_t spacing, int64_t shortest, int64_t spread, int32_t with_events)
{
  sqlite3 *handle;
  if (sqlite3_open(path, &handle)) return 1;
  run(handle, "PRAGMA synchronous = OFF; PRAGMA cache_size = -200000");
  int64_t next = number(handle, "SELECT ifnull(max(sequence), 0) + 1 FROM events");
  // The name of a single service has no number.
  char *changes = sqlite3_mprintf(
    "BEGIN IMMEDIATE;"
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %lld) "
    "INSERT INTO changes (year, number, service, environment, state, start_at, end_at, revision, newest, booked) "
    "SELECT 2020, i + 1, %Q || iif(%d = 1, '', i %% %d), 'production', 'planned', %lld + i / %d * %lld, "
    "%lld + i / %d * %lld + %lld + i * 7919 %% %lld, 0, i + %lld, 1 FROM n;"
    "INSERT OR REPLACE INTO longest_bookings SELECT service, environment, max(end_at - start_at) FROM changes "
    "GROUP BY 1, 2;",
    (long long)count, service_prefix, services, services, (long long)first_start, services, (long long)spacing,
    (long long)first_start, services, (long long)spacing, (long long)shortest, (long long)spread, (long long)next);
  char *events = sqlite3_mprintf(
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %lld) "
    "INSERT INTO events SELECT i + %lld, (SELECT at FROM events WHERE sequence = 1), 'CHG-2020-' || (i + 10000), "
    "'planned', hex(zeroblob(700)), hex(zeroblob(32)), hex(zeroblob(32)) FROM n;"
    "INSERT INTO fragments SELECT year, number, l.column1, 0, zeroblob(900) FROM changes, (VALUES ('en'), ('fr')) l "
    "WHERE year = 2020;",
    (long long)count, (long long)next);
  int code = run(handle, changes) || (with_events && run(handle, events)) || run(handle, "COMMIT; PRAGMA optimize;");
  sqlite3_free(changes);
  sqlite3_free(events);
  sqlite3_close(handle);
  return code ? 1 : 0;
}

static int prepare(peer_register *database)
{
  for (int i = 0; i < statement_count; i++)
    if (sqlite3_prepare_v3(
          database->handle, texts[i], -1, SQLITE_PREPARE_PERSISTENT, &database->statements[i], NULL)) {
      fprintf(stderr, "sqlite3: %s\n", sqlite3_errmsg(database->handle));
      return 1;
    }
  return 0;
}

static int attach(peer_register *database, const char *like)
{
  char *sql = sqlite3_mprintf("ATTACH %Q AS theirs", like);
  int code = run(database->handle, sql);
  sqlite3_free(sql);
  return code;
}

static int copy_schema(peer_register *database)
{
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(
        database->handle, "SELECT sql FROM theirs.sqlite_schema WHERE sql NOT NULL ORDER BY type = 'table' DESC", -1,
        &statement, NULL))
    return 1;
  int code = 0;
  // Read first, run afterwards: a schema may not be changed while it is read.
  char *all[64];
  int count = 0;
  while (sqlite3_step(statement) == SQLITE_ROW && count < 64)
    all[count++] = strdup((const char *)sqlite3_column_text(statement, 0));
  sqlite3_finalize(statement);
  for (int i = 0; i < count; i++) {
    code = code || run(database->handle, all[i]);
    free(all[i]);
  }
  for (int i = 0; i < table_count; i++) {
    char *sql = sqlite3_mprintf("INSERT INTO main.%s SELECT * FROM theirs.%s", tables[i], tables[i]);
    code = code || run(database->handle, sql);
    sqlite3_free(sql);
  }
  return code;
}

peer_register *peer_register_copy(const char *path, const char *like, const char *journal, int32_t synchronous)
{
  peer_register *database = calloc(1, sizeof(peer_register));
  char sql[160];
  if (sqlite3_open(path, &database->handle) || attach(database, like)) goto failed;
  run(database->handle, "PRAGMA synchronous = OFF; BEGIN IMMEDIATE");
  if (copy_schema(database) || run(database->handle, "COMMIT; DETACH theirs")) goto failed;
  snprintf(sql, sizeof(sql), "PRAGMA journal_mode = %s; PRAGMA synchronous = %d;", journal, synchronous);
  if (run(database->handle, sql) || number(database->handle, "PRAGMA synchronous") != synchronous) goto failed;
  sqlite3_extended_result_codes(database->handle, 1);
  sqlite3_busy_timeout(database->handle, 10000);
  run(database->handle, "PRAGMA foreign_keys = ON");
  database->last_sequence = number(database->handle, "SELECT max(sequence) FROM events");
  if (prepare(database)) goto failed;
  return database;
failed:
  fprintf(stderr, "sqlite3: %s\n", sqlite3_errmsg(database->handle));
  peer_register_close(database);
  return NULL;
}

peer_register *peer_register_open(const char *path)
{
  peer_register *database = calloc(1, sizeof(peer_register));
  if (sqlite3_open_v2(path, &database->handle, SQLITE_OPEN_READWRITE, NULL) || prepare(database)) {
    peer_register_close(database);
    return NULL;
  }
  return database;
}

static void forget(peer_register *database)
{
  for (size_t i = 0; i < database->count; i++) {
    struct change *change = &database->changes[i];
    for (int j = 0; j < 7; j++) sqlite3_value_free(change->event[j]);
    for (int j = 0; j < 10; j++) sqlite3_value_free(change->row[j]);
    for (int j = 0; j < 4; j++) sqlite3_value_free(change->answer[j]);
    for (int k = 0; k < change->fragment_count; k++)
      for (int j = 0; j < 5; j++) sqlite3_value_free(change->fragments[k][j]);
  }
  free(database->changes);
  database->changes = NULL;
  database->count = 0;
}

void peer_register_close(peer_register *database)
{
  forget(database);
  for (int i = 0; i < statement_count; i++) sqlite3_finalize(database->statements[i]);
  sqlite3_close(database->handle);
  free(database);
}

static void take(sqlite3_stmt *statement, sqlite3_value **values, int from, int count)
{
  for (int i = 0; i < count; i++) values[i] = sqlite3_value_dup(sqlite3_column_value(statement, from + i));
}

int32_t peer_register_load(peer_register *database, const char *like, int64_t limit)
{
  forget(database);
  sqlite3 *theirs;
  sqlite3_stmt *changes = NULL, *fragments = NULL;
  if (sqlite3_open_v2(like, &theirs, SQLITE_OPEN_READONLY, NULL)) return 1;
  int code =
    sqlite3_prepare_v2(
      theirs,
      "SELECT e.sequence, e.at, e.stream, e.type, e.body, e.previous, e.hash, c.year, c.number, c.service, "
      "c.environment, c.state, c.start_at, c.end_at, c.revision, c.newest, c.booked, a.key, a.request, a.stream, "
      // CROSS JOIN and the sorted keys keep SQLite from reading a table anew for each row.
      "a.sequence FROM changes c CROSS JOIN events e ON e.sequence = c.newest LEFT JOIN (SELECT * FROM keys ORDER BY "
      "sequence LIMIT -1) a ON a.sequence = c.newest WHERE c.newest > ? ORDER BY c.newest LIMIT ?",
      -1, &changes, NULL)
    || sqlite3_prepare_v2(
      theirs,
      "SELECT year, number, language, revision, body FROM fragments WHERE year = ? AND number = ? ORDER BY rowid", -1,
      &fragments, NULL);
  if (!code) {
    sqlite3_bind_int64(changes, 1, database->last_sequence);
    sqlite3_bind_int64(changes, 2, limit);
    while (sqlite3_step(changes) == SQLITE_ROW) {
      database->changes = realloc(database->changes, (database->count + 1) * sizeof(struct change));
      struct change *change = &database->changes[database->count++];
      change->fragment_count = 0;
      take(changes, change->event, 0, 7);
      take(changes, change->row, 7, 10);
      take(changes, change->answer, 17, 4);
      database->last_sequence = sqlite3_column_int64(changes, 0);
      sqlite3_reset(fragments);
      sqlite3_bind_value(fragments, 1, change->row[0]);
      sqlite3_bind_value(fragments, 2, change->row[1]);
      while (sqlite3_step(fragments) == SQLITE_ROW && change->fragment_count < 2)
        take(fragments, change->fragments[change->fragment_count++], 0, 5);
    }
  }
  sqlite3_finalize(changes);
  sqlite3_finalize(fragments);
  sqlite3_close(theirs);
  return code ? 1 : 0;
}

static int all_rows(sqlite3_stmt *statement)
{
  int code, rows = 0;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) rows++;
  sqlite3_reset(statement);
  return code == SQLITE_DONE ? rows : -1;
}

static int insert(sqlite3_stmt *statement, sqlite3_value **values, int count)
{
  for (int i = 0; i < count; i++) sqlite3_bind_value(statement, i + 1, values[i]);
  return all_rows(statement) < 0;
}

static void bind_place(sqlite3_stmt *statement, const char *service, const char *environment)
{
  sqlite3_bind_text(statement, 1, service, -1, SQLITE_STATIC);
  sqlite3_bind_text(statement, 2, environment, -1, SQLITE_STATIC);
}

static int64_t longest_booking(peer_register *database, const char *service, const char *environment)
{
  sqlite3_stmt *statement = database->statements[longest];
  bind_place(statement, service, environment);
  int64_t seconds = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
  sqlite3_reset(statement);
  return seconds;
}

static sqlite3_stmt *find_bookings(
  peer_register *database, const char *service, const char *environment, int64_t start, int64_t end)
{
  int64_t reach = longest_booking(database, service, environment);
  sqlite3_stmt *statement = database->statements[bookings];
  bind_place(statement, service, environment);
  sqlite3_bind_int64(statement, 3, end);
  sqlite3_bind_int64(statement, 4, start - reach - 1);
  sqlite3_bind_int64(statement, 5, start);
  return statement;
}

static int submit(peer_register *database, struct change *change, const char *service, const char *environment)
{
  sqlite3_stmt **statements = database->statements;
  if (run(database->handle, "BEGIN IMMEDIATE TRANSACTION")) return 1;
  int64_t start = sqlite3_value_int64(change->row[5]), end = sqlite3_value_int64(change->row[6]);
  int code = all_rows(statements[newest]) != 1;
  // Nothing may be booked there yet.
  code = code || all_rows(find_bookings(database, service, environment, start, end)) != 0;
  sqlite3_bind_text(statements[contract], 1, service, -1, SQLITE_STATIC);
  code = code || all_rows(statements[contract]) != 1;
  sqlite3_bind_value(statements[highest], 1, change->row[0]);
  code = code || all_rows(statements[highest]) != 1;
  code = code || insert(statements[insert_event], change->event, 7);
  for (int i = 0; i < change->fragment_count; i++)
    code = code || insert(statements[insert_fragment], change->fragments[i], 5);
  code = code || insert(statements[insert_row], change->row, 10);
  bind_place(statements[insert_longest], service, environment);
  sqlite3_bind_int64(statements[insert_longest], 3, end - start);
  code = code || all_rows(statements[insert_longest]) < 0;
  return code || run(database->handle, "COMMIT TRANSACTION");
}

int64_t peer_register_submit(peer_register *database, const char *service, const char *environment)
{
  for (size_t i = 0; i < database->count; i++)
    if (submit(database, &database->changes[i], service, environment)) {
      fprintf(stderr, "sqlite3: %s\n", sqlite3_errmsg(database->handle));
      return -1;
    }
  return (int64_t)database->count;
}

static int import(peer_register *database, struct change *change)
{
  sqlite3_stmt **statements = database->statements;
  int code = insert(statements[insert_event], change->event, 7);
  for (int i = 0; i < change->fragment_count; i++)
    code = code || insert(statements[insert_fragment], change->fragments[i], 5);
  code = code || insert(statements[insert_row], change->row, 10);
  sqlite3_bind_value(statements[insert_longest], 1, change->row[2]);
  sqlite3_bind_value(statements[insert_longest], 2, change->row[3]);
  sqlite3_bind_int64(
    statements[insert_longest], 3, sqlite3_value_int64(change->row[6]) - sqlite3_value_int64(change->row[5]));
  code = code || all_rows(statements[insert_longest]) < 0;
  if (sqlite3_value_type(change->answer[0]) != SQLITE_NULL)
    code = code || insert(statements[insert_answer], change->answer, 4);
  return code;
}

int64_t peer_register_import(peer_register *database)
{
  int code = run(database->handle, "BEGIN IMMEDIATE TRANSACTION");
  for (size_t i = 0; i < database->count && !code; i++) code = import(database, &database->changes[i]);
  if (code || run(database->handle, "COMMIT TRANSACTION")) {
    fprintf(stderr, "sqlite3: %s\n", sqlite3_errmsg(database->handle));
    return -1;
  }
  return (int64_t)database->count;
}

int32_t peer_register_adopt(peer_register *database, const char *like)
{
  if (attach(database, like)) return 1;
  int code = run(
    database->handle,
    "INSERT INTO main.events SELECT * FROM theirs.events WHERE sequence NOT IN (SELECT sequence FROM main.events) AND "
    "stream NOT LIKE 'CHG-%'; INSERT OR REPLACE INTO main.contracts SELECT * FROM theirs.contracts");
  run(database->handle, "DETACH theirs");
  return code;
}

int64_t peer_register_differences(peer_register *database, const char *like)
{
  if (attach(database, like)) return -1;
  int64_t differences = 0;
  for (int i = 0; i < table_count; i++) {
    const char *table = tables[i];
    char *sql = sqlite3_mprintf(
      "SELECT (SELECT count(*) FROM (SELECT * FROM main.%s EXCEPT SELECT * FROM theirs.%s)) + "
      "(SELECT count(*) FROM (SELECT * FROM theirs.%s EXCEPT SELECT * FROM main.%s))",
      table, table, table, table);
    int64_t count = number(database->handle, sql);
    sqlite3_free(sql);
    if (count < 0) differences = -1;
    if (differences >= 0) differences += count;
  }
  run(database->handle, "DETACH theirs");
  return differences;
}

int64_t peer_register_bookings(
  peer_register *database, const char *service, const char *environment, const int64_t *starts, const int64_t *ends,
  int64_t count, uint64_t *checksum)
{
  int64_t found = 0;
  run(database->handle, "BEGIN");
  for (int64_t i = 0; i < count; i++) {
    sqlite3_stmt *statement = find_bookings(database, service, environment, starts[i], ends[i]);
    while (sqlite3_step(statement) == SQLITE_ROW) {
      found++;
      *checksum = *checksum * 31 + (uint64_t)sqlite3_column_int64(statement, 1);
      *checksum = *checksum * 31 + (uint64_t)sqlite3_column_int64(statement, 2);
      *checksum = *checksum * 31 + (uint64_t)sqlite3_column_int64(statement, 3);
    }
    sqlite3_reset(statement);
  }
  run(database->handle, "COMMIT");
  return found;
}
