/*
 * An agent for the bench. It speaks Claude Code's stream-json, so the gateway drives it by its own adapter for that, and costs next
 * to nothing itself. A prompt says what to do: "count=1000 rate=10 burst=1" is a turn of 1000 pieces of text, 10 a second, one
 * at a time; rate=0 is as fast as it can write. With apart=1 every second piece is a thought, so that no two are one event, however
 * many come in one read. Each piece holds "@NANOSECONDS@", when it was written by CLOCK_MONOTONIC, which
 * is the same in every process. So any client can tell how long it was on its way.
 * BENCH_AGENT_CPU: the processor it keeps to.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { second = 1000000000, longest_line = 1 << 16 };

static const char *words = " the quick brown fox jumps over the lazy dog and then some more text";
static const int shortest_text = 24, longest_text = 60;
static char session[64];
static unsigned dice;

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * (long long)second + time.tv_nsec;
}

static void wait_until(long long moment) {
  struct timespec time = {moment / second, moment % second};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
}

/* Below 2^24. */
static unsigned throw_dice(void) {
  dice = dice * 1664525u + 1013904223u;
  return dice >> 8;
}

/* Whoever reads is gone: there is nobody left to talk to. */
static void say(const char *line, int length) {
  while (length > 0) {
    ssize_t written = write(STDOUT_FILENO, line, length);
    if (written <= 0) exit(0);
    line += written;
    length -= written;
  }
}

#define SAY(...)                                           \
  do {                                                     \
    char line[1024];                                       \
    say(line, snprintf(line, sizeof line, __VA_ARGS__));   \
  } while (0)

/* The text between a key's quotes, as it stands in a line of JSON; empty if it is not there. */
static void find_text(const char *line, const char *key, char *value, size_t size) {
  const char *at = strstr(line, key);
  size_t length = 0;
  if (at)
    for (at += strlen(key); at[length] && at[length] != '"' && length + 1 < size; length++) value[length] = at[length];
  value[length] = 0;
}

static double find_number(const char *line, const char *name, double otherwise) {
  const char *at = strstr(line, name);
  return at ? atof(at + strlen(name)) : otherwise;
}

static void say_event(const char *event) {
  SAY("{\"type\":\"stream_event\",\"event\":%s,\"session_id\":\"%s\",\"parent_tool_use_id\":null}\n", event, session);
}

static void say_piece(long number, int is_thought) {
  char text[128];
  int length = snprintf(text, sizeof text, "@%lld@", now());
  int wanted = shortest_text + throw_dice() % (longest_text - shortest_text + 1);
  if (wanted > length) {
    memcpy(text + length, words, wanted - length);
    length = wanted;
  }
  const char *kind = is_thought ? "thinking" : "text";
  SAY("{\"type\":\"stream_event\",\"event\":{\"type\":\"content_block_delta\",\"index\":%d,"
      "\"delta\":{\"type\":\"%s_delta\",\"%s\":\"%.*s\"}},\"session_id\":\"%s\",\"parent_tool_use_id\":null,"
      "\"uuid\":\"%08x-0000-4000-8000-%012ld\"}\n",
      is_thought, kind, kind, length, text, session, dice, number);
}

static void say_pieces(long count, double rate, int burst, int apart) {
  long long interval = rate > 0 ? (long long)(second * (double)burst / rate) : 0;
  /* Agents do not speak in step. */
  long long next = now() + interval / (1 << 12) * (throw_dice() >> 12);
  for (long number = 0; number < count; number++) {
    if (interval && number % burst == 0) {
      wait_until(next);
      next += interval;
    }
    say_piece(number, apart && number % 2);
  }
}

static void take_turn(const char *prompt) {
  char uuid[64];
  find_text(prompt, "\"uuid\":\"", uuid, sizeof uuid);
  SAY("{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"%s\",\"model\":\"bench\",\"permissionMode\":\"default\","
      "\"user_message_uuids\":[\"%s\"]}\n",
      session, uuid);
  SAY("{\"type\":\"stream_event\",\"event\":{\"type\":\"message_start\",\"message\":{\"id\":\"msg_%u\",\"model\":\"bench\"}},"
      "\"session_id\":\"%s\",\"parent_tool_use_id\":null}\n",
      throw_dice(), session);
  say_event("{\"type\":\"content_block_start\",\"index\":0}");
  say_pieces(find_number(prompt, "count=", 1), find_number(prompt, "rate=", 0), find_number(prompt, "burst=", 1),
             find_number(prompt, "apart=", 0));
  say_event("{\"type\":\"content_block_stop\",\"index\":0}");
  say_event("{\"type\":\"message_stop\"}");
  SAY("{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"duration_ms\":1,\"num_turns\":1,\"result\":\"ok\","
      "\"stop_reason\":\"end_turn\",\"session_id\":\"%s\",\"user_message_uuids\":[\"%s\"]}\n",
      session, uuid);
}

static void keep_to_processor(const char *number) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(atoi(number), &set);
  sched_setaffinity(0, sizeof set, &set);
}

int main(void) {
  const char *processor = getenv("BENCH_AGENT_CPU");
  if (processor) keep_to_processor(processor);
  dice = getpid() * 2654435761u;
  snprintf(session, sizeof session, "5f0c7a52-1d3e-4b7a-9c11-%012d", getpid());
  static char line[longest_line];
  while (fgets(line, sizeof line, stdin)) {
    char request[64];
    find_text(line, "\"request_id\":\"", request, sizeof request);
    if (strstr(line, "\"type\":\"control_request\""))
      SAY("{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\",\"request_id\":\"%s\",\"response\":{}}}\n", request);
    else if (strstr(line, "\"type\":\"user\""))
      take_turn(line);
  }
  return 0;
}
