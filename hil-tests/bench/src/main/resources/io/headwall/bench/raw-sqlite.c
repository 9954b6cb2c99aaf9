/*
 * Writes the blocks of a dump (BlockDump) into SQLite, one transaction a commit, with the pragmas of
 * the outbox: the floor that the outbox is held against. Options try other layouts.
 *
 * raw-sqlite DUMP DATABASE [name=value ...]
 *   page=4096  log=4194304 (bytes before a checkpoint)  sync=fsync|fdatasync  mode=WAL  synchronous=FULL
 *   tables=4|1 (a table a lane, or one for all)  row=lane|commit (a row a lane, or one a commit)
 *   retain=0 (commits kept; 0: all)  step=600 (commits deleted at a time)
 *   turn=1000000000 (commits of a step that are deleted of one table before the next one's turn)
 *   secure=OFF (overwrite what is deleted; Debian's SQLite is built to do so, sqlite-jdbc's is not)
 *   settled=0 (every so many commits a row of three lanes tells what a receiver has; 0: none)
 *   hours=0 (a file of its own for so many commits, older ones unlinked; 0: one file)
 *   fill=0 (bytes that the log is filled up to beforehand)  pace=0 (ms from commit to commit)
 *   percent=100 (of each block's bytes that are written: what a denser coding would do)
 *   limit=0 (commits; 0: all)  skip=0 (commits not measured; prints MARK and waits for a line)
 *
 * Prints: commits readings bytes seconds cpu_seconds fsyncs file_bytes written_bytes
 * (written_bytes: write_bytes of /proc/self/io since the mark)
 */
#define _GNU_SOURCE
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define BLOCKS_MAX 8
#define COMMIT_BYTES_MAX (64 << 20)

struct block {
  uint32_t lane, n, length;
  uint64_t first;
  const unsigned char *bytes;
};

static int use_fsync = 1;
static long syncs;

/* Debian's SQLite calls fdatasync, the one in sqlite-jdbc fsync: here both become what was asked for. */
int fdatasync(int fd) {
  syncs++;
  return (int)syscall(use_fsync ? SYS_fsync : SYS_fdatasync, fd);
}
int fsync(int fd) {
  syncs++;
  return (int)syscall(use_fsync ? SYS_fsync : SYS_fdatasync, fd);
}

static int argc_;
static char **argv_;

static const char *option(const char *name, const char *fallback) {
  size_t length = strlen(name);
  for (int i = 3; i < argc_; i++)
    if (!strncmp(argv_[i], name, length) && argv_[i][length] == '=') return argv_[i] + length + 1;
  return fallback;
}
static long number(const char *name, const char *fallback) { return atol(option(name, fallback)); }

static void die(sqlite3 *db, const char *what) {
  fprintf(stderr, "raw-sqlite: %s: %s\n", what, db ? sqlite3_errmsg(db) : "");
  exit(1);
}
static void run(sqlite3 *db, const char *sql) {
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) die(db, sql);
}
static void step(sqlite3 *db, sqlite3_stmt *statement) {
  if (sqlite3_step(statement) != SQLITE_DONE) die(db, "step");
  sqlite3_reset(statement);
}

static double clock_s(clockid_t id) {
  struct timespec t;
  clock_gettime(id, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static long written(void) {
  char line[128];
  long bytes = 0;
  FILE *io = fopen("/proc/self/io", "r");
  while (io && fgets(line, sizeof line, io)) sscanf(line, "write_bytes: %ld", &bytes);
  if (io) fclose(io);
  return bytes;
}

static uint32_t u32(const unsigned char **at) {
  uint32_t v = (uint32_t)(*at)[0] << 24 | (uint32_t)(*at)[1] << 16 | (uint32_t)(*at)[2] << 8 | (*at)[3];
  *at += 4;
  return v;
}
static uint64_t u64(const unsigned char **at) {
  uint64_t high = u32(at);
  return high << 32 | u32(at);
}

/* ---- one database file ---- */

static const char *LANES[] = {"alarm", "event", "numeric", "wave"};
static sqlite3 *db;
static sqlite3_stmt *insert[4], *delete_[4], *begin, *commit, *settle;
static int tables, row_per_commit;

static sqlite3_stmt *prepare(const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    die(db, sql);
  return statement;
}

static void open_file(const char *path) {
  char sql[512];
  long page = number("page", "4096");
  if (sqlite3_open(path, &db) != SQLITE_OK) die(db, path);
  snprintf(sql, sizeof sql, "PRAGMA page_size=%ld", page);
  run(db, sql);
  snprintf(sql, sizeof sql, "PRAGMA journal_mode=%s", option("mode", "WAL"));
  run(db, sql);
  snprintf(sql, sizeof sql, "PRAGMA synchronous=%s", option("synchronous", "FULL"));
  run(db, sql);
  long log = number("log", "4194304");
  snprintf(sql, sizeof sql, "PRAGMA wal_autocheckpoint=%ld", log / page);
  run(db, sql);
  snprintf(sql, sizeof sql, "PRAGMA journal_size_limit=%ld", number("limit_bytes", "-1") < 0 ? log : number("limit_bytes", "-1"));
  run(db, sql);
  snprintf(sql, sizeof sql, "PRAGMA secure_delete=%s", option("secure", "OFF"));
  run(db, sql);
  run(db, "PRAGMA cache_size=-1024");
  run(db, "PRAGMA temp_store=MEMORY");
  for (int lane = 0; lane < 4; lane++) {
    const char *name = tables == 1 ? "all" : LANES[lane];
    snprintf(sql, sizeof sql,
             "CREATE TABLE IF NOT EXISTS block_%s(key INTEGER PRIMARY KEY, n INTEGER NOT NULL, bytes BLOB NOT NULL)",
             name);
    run(db, sql);
    snprintf(sql, sizeof sql, "INSERT INTO block_%s(key, n, bytes) VALUES (?, ?, ?)", name);
    insert[lane] = prepare(sql);
    snprintf(sql, sizeof sql, "DELETE FROM block_%s WHERE key <= ?", name);
    delete_[lane] = prepare(sql);
  }
  run(db, "CREATE TABLE IF NOT EXISTS settled(uplink TEXT, epoch INTEGER, lane INTEGER, how INTEGER, from_seq INTEGER,"
          " to_seq INTEGER NOT NULL, PRIMARY KEY(uplink, epoch, lane, how, from_seq)) WITHOUT ROWID");
  settle = prepare("INSERT INTO settled(uplink, epoch, lane, how, from_seq, to_seq) VALUES ('cis', 1, ?, 0, 1, ?)"
                   " ON CONFLICT DO UPDATE SET to_seq = excluded.to_seq");
  begin = prepare("BEGIN IMMEDIATE");
  commit = prepare("COMMIT");
}

static void close_file(void) {
  for (int lane = 0; lane < 4; lane++) {
    sqlite3_finalize(insert[lane]);
    sqlite3_finalize(delete_[lane]);
  }
  sqlite3_finalize(settle);
  sqlite3_finalize(begin);
  sqlite3_finalize(commit);
  if (sqlite3_close(db) != SQLITE_OK) die(db, "close");
}

/* Grows the log to its full size once, so that no later commit makes the file longer. */
static void fill_log(const char *path, long bytes) {
  char name[600];
  if (bytes == 0) return;
  run(db, "CREATE TABLE IF NOT EXISTS filler(x)");
  char sql[128];
  snprintf(sql, sizeof sql, "INSERT INTO filler VALUES(zeroblob(%ld))", bytes);
  run(db, sql);
  run(db, "DROP TABLE filler");
  run(db, "PRAGMA wal_checkpoint(RESTART)");
  snprintf(name, sizeof name, "%s-wal", path);
  struct stat st;
  if (!stat(name, &st)) fprintf(stderr, "log filled to %ld bytes\n", (long)st.st_size);
}

static void put(int lane, uint64_t key, uint32_t n, const void *bytes, int length) {
  sqlite3_bind_int64(insert[lane], 1, (sqlite3_int64)key);
  sqlite3_bind_int64(insert[lane], 2, n);
  sqlite3_bind_blob(insert[lane], 3, bytes, length, SQLITE_STATIC);
  step(db, insert[lane]);
}

int main(int argc, char **argv) {
  if (argc < 3) return fprintf(stderr, "usage: raw-sqlite DUMP DATABASE [name=value ...]\n"), 2;
  argc_ = argc;
  argv_ = argv;
  use_fsync = !strcmp(option("sync", "fsync"), "fsync");
  tables = (int)number("tables", "4");
  row_per_commit = !strcmp(option("row", "lane"), "commit");
  if (row_per_commit) tables = 1;
  long retain = number("retain", "0"), chunk = number("step", "600"), turn = number("turn", "1000000000"), hours = number("hours", "0"), settled = number("settled", "0");
  long pace = number("pace", "0"), limit = number("limit", "0"), skip = number("skip", "0"), percent = number("percent", "100");

  FILE *in = fopen(argv[1], "rb");
  if (!in) die(NULL, argv[1]);
  fseek(in, 0, SEEK_END);
  long size = ftell(in);
  rewind(in);
  unsigned char *dump = malloc((size_t)size), *joined = malloc(COMMIT_BYTES_MAX);
  if (!dump || !joined || fread(dump, 1, (size_t)size, in) != (size_t)size) die(NULL, "read dump");
  fclose(in);

  char path[512], old[512];
  snprintf(path, sizeof path, hours ? "%s.%06d" : "%s", argv[2], 0);
  open_file(path);
  fill_log(path, number("fill", "0"));

  /* The dump may be played more than once; numbers go on. */
  uint64_t base[4] = {0}, last[4] = {0};
  uint64_t *marks[4] = {0};
  long wanted = limit ? limit : -1, done = 0, readings = 0, bytes = 0;
  for (int i = 0; i < 4; i++) marks[i] = calloc((size_t)(retain ? retain + chunk + 1 : 1), sizeof(uint64_t));
  long wrote = written();
  double began = clock_s(CLOCK_MONOTONIC), next = began, cpu = clock_s(CLOCK_PROCESS_CPUTIME_ID);
  while (wanted < 0 ? done == 0 : done < wanted) {
    const unsigned char *at = dump, *end = dump + size;
    while (at < end && (wanted < 0 || done < wanted)) {
      if (skip && done == skip) {
        printf("MARK\n");
        fflush(stdout);
        if (getchar() == EOF) return 1;
        began = next = clock_s(CLOCK_MONOTONIC);
        cpu = clock_s(CLOCK_PROCESS_CPUTIME_ID);
        syncs = readings = bytes = 0;
        wrote = written();
      }
      struct block blocks[BLOCKS_MAX];
      uint32_t count = u32(&at);
      for (uint32_t i = 0; i < count; i++) {
        blocks[i].lane = u32(&at);
        blocks[i].first = u64(&at) + base[blocks[i].lane];
        blocks[i].n = u32(&at);
        blocks[i].length = u32(&at);
        blocks[i].bytes = at;
        at += blocks[i].length;
        blocks[i].length = (uint32_t)(blocks[i].length * percent / 100);
        last[blocks[i].lane] = blocks[i].first + blocks[i].n - 1;
        readings += blocks[i].n;
        bytes += blocks[i].length;
      }
      if (hours && done && done % hours == 0) {
        close_file();
        snprintf(path, sizeof path, "%s.%06ld", argv[2], done / hours);
        open_file(path);
        long drop = done / hours - (retain / hours);
        if (drop >= 0) {
          snprintf(old, sizeof old, "%s.%06ld", argv[2], drop);
          unlink(old);
        }
      }
      step(db, begin);
      if (row_per_commit) {
        int length = 0;
        for (uint32_t i = 0; i < count; i++) {
          memcpy(joined + length, &blocks[i], 20);
          memcpy(joined + length + 20, blocks[i].bytes, blocks[i].length);
          length += 20 + (int)blocks[i].length;
        }
        put(0, (uint64_t)done + 1, count, joined, length);
      } else {
        for (uint32_t i = 0; i < count; i++) {
          uint64_t key = tables == 1 ? (uint64_t)done * 4 + blocks[i].lane : blocks[i].first;
          put((int)blocks[i].lane, key, blocks[i].n, blocks[i].bytes, (int)blocks[i].length);
        }
      }
      if (retain && !hours) {
        for (int lane = 0; lane < 4; lane++) marks[lane][done % (retain + chunk + 1)] = last[lane];
        if (done >= retain && done % chunk == 0) {
          long gone = done - retain, from = gone - chunk;
          for (long upto = from + turn < gone ? from + turn : gone;; upto = upto + turn < gone ? upto + turn : gone) {
            for (int lane = 0; lane < 4; lane++) {
              uint64_t key = row_per_commit ? (uint64_t)upto + 1
                             : tables == 1  ? (uint64_t)upto * 4 + 3
                             : upto < 0     ? 0
                                            : marks[lane][upto % (retain + chunk + 1)];
              sqlite3_bind_int64(delete_[lane], 1, (sqlite3_int64)key);
              step(db, delete_[lane]);
              if (tables == 1) break;
            }
            if (upto == gone) break;
          }
        }
      }
      if (settled && done % settled == 0) {
        for (int lane = 1; lane < 4; lane++) {
          sqlite3_bind_int64(settle, 1, lane);
          sqlite3_bind_int64(settle, 2, (sqlite3_int64)last[lane]);
          step(db, settle);
        }
      }
      step(db, commit);
      done++;
      if (pace && done > skip) {
        next += (double)pace / 1000;
        double wait = next - clock_s(CLOCK_MONOTONIC);
        if (wait > 0) usleep((useconds_t)(wait * 1e6));
      }
    }
    for (int lane = 0; lane < 4; lane++) base[lane] = last[lane];
  }
  double seconds = clock_s(CLOCK_MONOTONIC) - began;
  cpu = clock_s(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  struct stat st;
  stat(path, &st);
  printf("%ld %ld %ld %.6f %.6f %ld %ld %ld\n", done - skip, readings, bytes, seconds, cpu, syncs, (long)st.st_size,
         written() - wrote);
  fflush(stdout);
  /* Closing would checkpoint: what is measured ends here. */
  _exit(0);
}
