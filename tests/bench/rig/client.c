/*
 * The client of the bench, for any relay or gateway: many WebSockets on one thread, so that it costs as little as it can.
 * It opens all sessions and says how long that took. Then each line of its input, "EVENTS SPREAD PROMPT", is a turn of all of them,
 * begun within SPREAD milliseconds, in which they say so many pieces of text together. Of the middle four fifths of these it
 * says how long they were on their way, and what the process PID spent on them. Every answer is one line of JSON.
 *   client --port N --sessions N --pid N --header LINE --init FRAME
 * %d in a frame is a number that no other frame has.
 */
#define _GNU_SOURCE
#include "frames.h"
#include "measure.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { read_size = 1 << 16, longest_frame = 4096, events_at_once = 512, patience_seconds = 300 };

typedef struct {
  int fd, answered, heard;
  long long asked;
  size_t length, room;
  unsigned char *bytes;
} connection;

static struct {
  int port, sessions, pid;
  const char *header, *init;
} options = {.sessions = 1, .header = "", .init = "hello"};

static connection *connections;
static int waiting, answered, dones;
static long long deadline;

/* The part of a turn that is measured. */
static struct {
  int open, closed;
  long seen, from, to, frames, bytes, events;
  long long opened_at, closed_at, cpu;
} window;
static samples latencies, first_words;

static void fail_at(const char *what, const char *detail, size_t length) {
  fprintf(stderr, "client: %s: %.*s\n", what, (int)length, detail);
  exit(1);
}

static void fail(const char *what, const char *detail) { fail_at(what, detail, strlen(detail)); }

static void read_options(int count, char **values) {
  for (int index = 1; index + 1 < count; index += 2) {
    const char *name = values[index], *value = values[index + 1];
    if (!strcmp(name, "--port")) options.port = atoi(value);
    else if (!strcmp(name, "--sessions")) options.sessions = atoi(value);
    else if (!strcmp(name, "--pid")) options.pid = atoi(value);
    else if (!strcmp(name, "--header")) options.header = value;
    else if (!strcmp(name, "--init")) options.init = value;
    else fail("unknown option", name);
  }
}

static void say(connection *to, const char *template) {
  static int number;
  char text[longest_frame], frame[longest_frame + frame_head];
  const char *gap = strstr(template, "%d");
  if (gap) snprintf(text, sizeof text, "%.*s%d%s", (int)(gap - template), template, number++, gap + 2);
  else snprintf(text, sizeof text, "%s", template);
  size_t size = put_frame(frame, text);
  if (write(to->fd, frame, size) != (ssize_t)size) fail("a frame could not be sent", strerror(errno));
}

static void open_window(long long time) {
  window.open = 1;
  window.opened_at = time;
  window.cpu = processor_time(options.pid);
}

static void close_window(long long time) {
  window.closed = 1;
  window.closed_at = time;
  window.cpu = processor_time(options.pid) - window.cpu;
}

static void take_event(connection *from, long long written, long long time) {
  if (!from->heard) add_sample(&first_words, time - from->asked);
  from->heard = 1;
  window.seen++;
  if (!window.open && window.seen >= window.from) open_window(time);
  if (!window.open || window.closed) return;
  window.events++;
  add_sample(&latencies, time - written);
  if (window.seen >= window.to) close_window(time);
}

/* Every piece of text says when it was written; a frame may hold many. */
static void take_text(connection *from, const char *text, size_t length, long long time) {
  const char *end = text + length;
  while ((text = memchr(text, '@', end - text))) {
    long long written = 0;
    for (text++; text < end && *text >= '0' && *text <= '9'; text++) written = written * 10 + *text - '0';
    if (text == end) return;
    if (*text != '@' || written == 0) continue;
    take_event(from, written, time);
    text++;
  }
}

static void take_frame(connection *from, int opcode, const char *payload, size_t length, long long time) {
  static const unsigned char pong[] = {0x8a, 0x80, 0, 0, 0, 0};
  if (opcode == 9 && write(from->fd, pong, sizeof pong) < 0) fail("pong", strerror(errno));
  if (opcode == 8) fail_at("the server closed", payload, length);
  if (opcode != 1) return;
  if (window.open && !window.closed) window.frames++;
  if (!from->answered) {
    from->answered = 1;
    answered++;
    if (memmem(payload, length, "\"state\":\"deleted\"", 17)) fail_at("init was refused", payload, length);
  }
  take_text(from, payload, length, time);
  if (memmem(payload, length, "{\"type\":\"error\"", 15)) fail_at("an error", payload, length);
  if (memmem(payload, length, "{\"type\":\"done\"", 14)) dones++;
}

static void take_bytes(connection *from) {
  if (from->room < from->length + read_size) {
    from->room = from->room * 2 + read_size;
    from->bytes = realloc(from->bytes, from->room + 1);
  }
  ssize_t length = read(from->fd, from->bytes + from->length, from->room - from->length);
  if (length < 0 && errno == EAGAIN) return;
  if (length <= 0) fail("a connection ended", length < 0 ? strerror(errno) : "");
  long long time = now();
  if (window.open && !window.closed) window.bytes += length;
  from->length += length;
  size_t at = 0, size, payload;
  while ((size = frame_size(from->bytes + at, from->length - at, &payload))) {
    char *frame = (char *)from->bytes + at;
    take_frame(from, frame[0] & 15, frame + payload, size - payload, time);
    at += size;
  }
  memmove(from->bytes, from->bytes + at, from->length - at);
  from->length -= at;
}

static void listen_for(int milliseconds) {
  struct epoll_event ready[events_at_once];
  int count = epoll_wait(waiting, ready, events_at_once, milliseconds);
  for (int index = 0; index < count; index++) take_bytes(ready[index].data.ptr);
  if (now() > deadline) fail("it took too long", "");
}

/* The key is that of the example of RFC 6455. */
static void open_connection(connection *opened) {
  struct sockaddr_in address = {
    .sin_family = AF_INET, .sin_port = htons(options.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int on = 1, fd = opened->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&address, sizeof address)) fail("connect", strerror(errno));
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  dprintf(fd, "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s%s\r\n",
    options.port, options.header, *options.header ? "\r\n" : "");
  /* Byte by byte: what comes after the head belongs to the frames. */
  char head[2048];
  size_t length = 0;
  while (length < 4 || memcmp(head + length - 4, "\r\n\r\n", 4))
    if (length + 1 == sizeof head || read(fd, head + length++, 1) != 1) fail("upgrade", "no answer");
  head[length] = 0;
  if (!strstr(head, " 101 ")) fail("upgrade", head);
  fcntl(fd, F_SETFL, O_NONBLOCK);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = opened};
  epoll_ctl(waiting, EPOLL_CTL_ADD, fd, &event);
}

/* A gateway does not wait long for the first frame, so it follows at once. */
static void open_all(void) {
  long long start = now(), connecting = 0;
  for (int index = 0; index < options.sessions; index++) {
    long long before = now();
    open_connection(&connections[index]);
    connecting += now() - before;
    say(&connections[index], options.init);
  }
  while (answered < options.sessions) listen_for(20);
  printf("{\"connectMs\":%.2f,\"initMs\":%.2f}\n", connecting / 1e6, (now() - start - connecting) / 1e6);
}

/* Says the same in every session, and listens until all have said that they are done. */
static void take_turn(const char *prompt, int spread) {
  dones = 0;
  long long start = now();
  deadline = start + patience_seconds * 1000000000LL;
  for (int index = 0; index < options.sessions; index++) {
    while (now() < start + spread * 1000000LL * index / options.sessions) listen_for(1);
    connections[index].heard = 0;
    connections[index].asked = now();
    say(&connections[index], prompt);
    listen_for(0);
  }
  while (dones < options.sessions) listen_for(20);
}

static double microseconds(samples *of, double share) { return quantile(of, share) / 1e3; }

static void report(double milliseconds) {
  printf("{\"turnMs\":%.2f,\"seconds\":%.6f,\"events\":%ld,\"frames\":%ld,\"bytes\":%ld,\"cpu\":%.1f,", milliseconds,
    (window.closed_at - window.opened_at) / 1e9, window.events, window.frames, window.bytes, window.cpu / 1e3);
  printf("\"latencyP50\":%.1f,\"latencyP99\":%.1f,\"latencyP999\":%.1f,\"firstWordP50\":%.1f,\"firstWordP99\":%.1f}\n",
    microseconds(&latencies, 0.5), microseconds(&latencies, 0.99), microseconds(&latencies, 0.999),
    microseconds(&first_words, 0.5), microseconds(&first_words, 0.99));
}

int main(int count, char **values) {
  read_options(count, values);
  waiting = epoll_create1(0);
  connections = calloc(options.sessions, sizeof *connections);
  deadline = now() + patience_seconds * 1000000000LL;
  setlinebuf(stdout);
  open_all();
  static char line[longest_frame];
  while (fgets(line, sizeof line, stdin)) {
    long events;
    int spread, prompt;
    if (sscanf(line, "%ld %d %n", &events, &spread, &prompt) < 2) fail("not a turn", line);
    line[strcspn(line, "\n")] = 0;
    memset(&window, 0, sizeof window);
    window.from = events / 10;
    window.to = events - events / 10;
    latencies.count = first_words.count = 0;
    deadline = now() + patience_seconds * 1000000000LL;
    long long start = now();
    take_turn(line + prompt, spread);
    if (!window.closed) fail("the agents said less than they should have", line);
    report((now() - start) / 1e6);
  }
  return 0;
}
