#define _GNU_SOURCE
#include "measure.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

void add_sample(samples *to, long long value) {
  if (to->count == to->room) {
    to->room = to->room * 2 + 1024;
    to->values = realloc(to->values, to->room * sizeof *to->values);
  }
  to->values[to->count++] = value;
  to->sorted = 0;
}

static int compare(const void *left, const void *right) {
  long long a = *(const long long *)left, b = *(const long long *)right;
  return (a > b) - (a < b);
}

long long quantile(samples *of, double share) {
  if (of->count == 0) return 0;
  if (!of->sorted) qsort(of->values, of->count, sizeof *of->values, compare);
  of->sorted = 1;
  return of->values[(long)((of->count - 1) * share)];
}

long long processor_time(int pid) {
  char path[512];
  snprintf(path, sizeof path, "/proc/%d/task", pid);
  DIR *threads = opendir(path);
  if (!threads) return 0;
  long long total = 0, used;
  struct dirent *thread;
  while ((thread = readdir(threads))) {
    if (thread->d_name[0] == '.') continue;
    snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", pid, thread->d_name);
    FILE *file = fopen(path, "r");
    if (!file) continue;
    if (fscanf(file, "%lld", &used) == 1) total += used;
    fclose(file);
  }
  closedir(threads);
  return total;
}
