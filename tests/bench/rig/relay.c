/*
 * The least that a relay can cost: what the gateway does between an agent's line and a client's frame, and nothing beside that.
 * One thread waits with epoll. Each connection has an agent of its own. The first frame of a client is answered, each further one
 * is a prompt. Each piece of text of the agent becomes an envelope and a frame; all of one read go out in one write.
 * Nothing is stored, checked or counted. For a client that reads nothing its agent is not read either.
 *   relay --port PORT -- AGENT
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { room_at_start = 1 << 16, head_room = 512, events_at_once = 512 };

typedef struct {
  unsigned char *bytes;
  size_t length, room;
} buffer;

typedef enum { listener, client, agent } kind;

/* A file descriptor we wait for. `other` is the client's agent, or the agent's client; NULL when that is gone. */
typedef struct end {
  kind kind;
  int fd;
  struct end *other;
  buffer in, out;
  size_t sent;
  long long seq;
  int upgraded, pid, number;
} end;

extern char **environ;
static int waiting;
static char **agent_command;

static unsigned char *make_room(buffer *buffer, size_t more) {
  if (buffer->length + more > buffer->room) {
    buffer->room = (buffer->length + more) * 2;
    buffer->bytes = realloc(buffer->bytes, buffer->room);
  }
  return buffer->bytes + buffer->length;
}

static void drop_front(buffer *buffer, size_t length) {
  if (length == 0) return;
  memmove(buffer->bytes, buffer->bytes + length, buffer->length - length);
  buffer->length -= length;
}

static void wait_for(end *end, unsigned events, int operation) {
  struct epoll_event event = {.events = events, .data.ptr = end};
  epoll_ctl(waiting, operation, end->fd, &event);
}

static end *add_end(kind kind, int fd, unsigned events) {
  end *added = calloc(1, sizeof *added);
  added->kind = kind;
  added->fd = fd;
  wait_for(added, events, EPOLL_CTL_ADD);
  return added;
}

/* Writes what the client takes; the rest goes when it takes more, and until then its agent is not read. */
static void flush_out(end *client) {
  while (client->sent < client->out.length) {
    ssize_t written = write(client->fd, client->out.bytes + client->sent, client->out.length - client->sent);
    if (written < 0 && errno == EAGAIN) {
      wait_for(client, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
      if (client->other) wait_for(client->other, 0, EPOLL_CTL_MOD);
      return;
    }
    if (written < 0) break;
    client->sent += written;
  }
  client->sent = client->out.length = 0;
}

static void go_on_writing(end *client) {
  wait_for(client, EPOLLIN, EPOLL_CTL_MOD);
  if (client->other) wait_for(client->other, EPOLLIN, EPOLL_CTL_MOD);
  flush_out(client);
}

/* Puts one envelope into one text frame. Frames of a server are not masked (RFC 6455, 5.1). */
static void add_frame(end *client, const char *type, const char *text, int text_length) {
  unsigned char *frame = make_room(&client->out, text_length + head_room);
  char *payload = (char *)frame + 4;
  struct timespec time;
  clock_gettime(CLOCK_REALTIME_COARSE, &time);
  client->seq++;
  int length = sprintf(payload, "{\"version\":\"aep/v1\",\"id\":\"evt_00000000-0000-4000-8000-%012llx\",\"seq\":%lld,"
    "\"session_id\":\"sess_00000000-0000-4000-8000-%012d\",\"timestamp\":%lld,"
    "\"event\":{\"type\":\"%s\",\"data\":{\"message_id\":\"msg_1\",\"content\":\"%.*s\"}}}",
    client->seq, client->seq, client->number, time.tv_sec * 1000LL + time.tv_nsec / 1000000, type, text_length, text);
  /* An envelope is never so short that its length would be said in another way. */
  unsigned char head[] = {0x81, 126, length >> 8, length};
  memcpy(frame, head, sizeof head);
  client->out.length += sizeof head + length;
}

static void start_agent(end *client) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair)) return perror("socketpair");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pair[1], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, pair[1], STDOUT_FILENO);
  int pid;
  if (posix_spawn(&pid, agent_command[0], &actions, NULL, agent_command, environ)) return perror("spawn");
  posix_spawn_file_actions_destroy(&actions);
  close(pair[1]);
  fcntl(pair[0], F_SETFL, O_NONBLOCK);
  client->other = add_end(agent, pair[0], EPOLLIN);
  client->other->other = client;
  client->other->pid = pid;
}

/* The key of every client here is that of the example of RFC 6455, so the answer to it is, too. */
static void upgrade(end *client) {
  if (!memmem(client->in.bytes, client->in.length, "\r\n\r\n", 4)) return;
  client->upgraded = 1;
  client->in.length = 0;
  client->out.length += sprintf((char *)make_room(&client->out, head_room),
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
  flush_out(client);
}

static void take_prompt(end *client, const char *text, int length) {
  if (!client->other) {
    start_agent(client);
    add_frame(client, "init_ack", "", 0);
    flush_out(client);
    return;
  }
  dprintf(client->other->fd, "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"%.*s\"},\"uuid\":\"1\"}\n",
    length, text);
}

/* Short frames only: a prompt is one. */
static void take_frames(end *client) {
  size_t at = 0;
  while (client->in.length - at >= 6) {
    unsigned char *frame = client->in.bytes + at, *mask = frame + 2;
    size_t length = frame[1] & 127;
    if (client->in.length - at < 6 + length) break;
    for (size_t index = 0; index < length; index++) frame[6 + index] ^= mask[index & 3];
    if ((frame[0] & 15) == 1) take_prompt(client, (char *)frame + 6, length);
    at += 6 + length;
  }
  drop_front(&client->in, at);
}

static void take_line(end *client, const char *line, size_t length) {
  const char *text = memmem(line, length, "\"text\":\"", 8);
  if (text) {
    text += 8;
    const char *close = text;
    while (close < line + length && *close != '"') close += *close == '\\' ? 2 : 1;
    add_frame(client, "message.delta", text, close - text);
  } else if (memmem(line, length, "\"type\":\"result\"", 15)) {
    add_frame(client, "done", "", 0);
  }
}

static void take_lines(end *agent) {
  size_t at = 0;
  unsigned char *line_feed;
  while ((line_feed = memchr(agent->in.bytes + at, '\n', agent->in.length - at))) {
    size_t after = line_feed + 1 - agent->in.bytes;
    take_line(agent->other, (char *)agent->in.bytes + at, after - 1 - at);
    at = after;
  }
  drop_front(&agent->in, at);
  if (agent->other->sent == 0) flush_out(agent->other);
}

static void hang_up(end *gone) {
  close(gone->fd);
  end *other = gone->other;
  if (!other) return;
  other->other = NULL;
  if (gone->kind != client) return;
  kill(other->pid, SIGTERM);
  close(other->fd);
}

static void take_client(int listening) {
  static int number;
  int on = 1, fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd < 0) return;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  add_end(client, fd, EPOLLIN)->number = number++;
}

static void take_bytes(end *end) {
  unsigned char *room = make_room(&end->in, room_at_start);
  ssize_t length = read(end->fd, room, end->in.room - end->in.length);
  if (length < 0 && errno == EAGAIN) return;
  if (length <= 0) return hang_up(end);
  end->in.length += length;
  if (end->kind == agent) take_lines(end);
  else if (end->upgraded) take_frames(end);
  else upgrade(end);
}

static int listen_at(int port) {
  int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 4096)) {
    perror("listen");
    exit(1);
  }
  socklen_t size = sizeof address;
  getsockname(fd, (struct sockaddr *)&address, &size);
  printf("listening on %d\n", ntohs(address.sin_port));
  fflush(stdout);
  return fd;
}

int main(int argc, char **argv) {
  if (argc < 5) return fprintf(stderr, "relay --port PORT -- AGENT\n"), 2;
  agent_command = argv + 4;
  signal(SIGPIPE, SIG_IGN);
  signal(SIGCHLD, SIG_IGN);
  waiting = epoll_create1(EPOLL_CLOEXEC);
  add_end(listener, listen_at(atoi(argv[2])), EPOLLIN);
  for (;;) {
    struct epoll_event ready[events_at_once];
    int count = epoll_wait(waiting, ready, events_at_once, -1);
    for (int index = 0; index < count; index++) {
      end *end = ready[index].data.ptr;
      if (end->kind == listener) take_client(end->fd);
      else if (ready[index].events & EPOLLOUT) go_on_writing(end);
      else take_bytes(end);
    }
  }
}
