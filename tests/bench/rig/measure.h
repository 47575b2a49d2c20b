/* What the client measures with: times in nanoseconds. */
#pragma once

typedef struct {
  long long *values;
  long count, room;
  int sorted;
} samples;

/* CLOCK_MONOTONIC, which is the same in every process. */
long long now(void);
void add_sample(samples *to, long long value);
/* The value that this share of them does not exceed; 0 if there are none. */
long long quantile(samples *of, double share);
/* What all threads of a process used of the processors since it began (man 5 proc, /proc/PID/schedstat). */
long long processor_time(int pid);
