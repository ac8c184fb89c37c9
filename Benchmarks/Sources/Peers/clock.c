#define _GNU_SOURCE
#include "peers.h"
#include <time.h>

static double seconds(clockid_t clock)
{
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double peer_processor_seconds(void) { return seconds(CLOCK_THREAD_CPUTIME_ID); }
double peer_elapsed_seconds(void) { return seconds(CLOCK_MONOTONIC); }
