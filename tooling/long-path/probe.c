// What TCP and a ping make of a path. In C, as Node can choose no congestion control; cubic is most machines'.
// probe serve ADDRESS          sends as many zero bytes as each connection asks for; says “ready”
// probe take ADDRESS BYTES     fetches so many; prints the seconds from the open connection to the last byte
// probe ping ADDRESS           prints the milliseconds of each answer to an ICMP echo, sent every 50 ms until it is ended
#include <arpa/inet.h>
#include <netinet/ip_icmp.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PORT = 8940, PIECE = 1 << 18 };
static const double PING_SECONDS = 0.05;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void fail(const char *what) { perror(what); exit(1); }

static _Noreturn void serve(const struct sockaddr *at, socklen_t size) {
  static const char zeros[PIECE];
  const int server = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (setsockopt(server, IPPROTO_TCP, TCP_CONGESTION, "cubic", 5)) fail("cubic");
  if (bind(server, at, size) || listen(server, 4)) fail("listen");
  puts("ready");
  fflush(stdout);
  for (;;) {
    const int peer = accept(server, NULL, NULL);
    uint64_t left;
    if (peer < 0 || read(peer, &left, sizeof left) != sizeof left) fail("accept");
    while (left > 0) {
      const ssize_t sent = send(peer, zeros, left < PIECE ? left : PIECE, MSG_NOSIGNAL);
      if (sent <= 0) break;
      left -= sent;
    }
    close(peer);
  }
}

static int take(const struct sockaddr *from, socklen_t size, uint64_t bytes) {
  static char piece[PIECE];
  const int peer = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(peer, from, size)) fail("connect");
  const double startedAt = now();
  if (write(peer, &bytes, sizeof bytes) != sizeof bytes) fail("write");
  for (ssize_t got; (got = read(peer, piece, PIECE)) > 0; bytes -= got) {}
  if (bytes > 0) fail("the connection ended early");
  printf("%.4f\n", now() - startedAt);
  return 0;
}

static uint16_t checksum(const void *bytes, int length) {
  uint32_t sum = 0;
  for (const uint16_t *word = bytes; length > 0; length -= 2) sum += *word++;
  sum = (sum >> 16) + (sum & 0xffff);
  return ~(sum + (sum >> 16));
}

static _Noreturn void ping(const struct sockaddr *to, socklen_t size) {
  const int line = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
  if (line < 0) fail("socket");
  struct { struct icmphdr head; double sentAt; } echo;
  uint16_t number = 0;
  for (double next = now();;) {
    if (now() >= next) {
      next += PING_SECONDS;
      memset(&echo, 0, sizeof echo);
      echo.head.type = ICMP_ECHO;
      echo.head.un.echo.id = (uint16_t)getpid();
      echo.head.un.echo.sequence = number++;
      echo.sentAt = now();
      echo.head.checksum = checksum(&echo, sizeof echo);
      // One that finds no room is lost as those on the way are.
      (void)!sendto(line, &echo, sizeof echo, 0, to, size);
    }
    struct pollfd wait = {line, POLLIN, 0};
    const double left = next - now();
    if (left <= 0 || poll(&wait, 1, (int)(left * 1e3) + 1) <= 0) continue;
    char answer[256];
    const ssize_t got = recv(line, answer, sizeof answer, 0);
    const int skip = got > 0 ? (answer[0] & 15) * 4 : 0;
    if (got < (ssize_t)(skip + sizeof echo) || skip == 0) continue;
    memcpy(&echo, answer + skip, sizeof echo);
    if (echo.head.type != ICMP_ECHOREPLY || echo.head.un.echo.id != (uint16_t)getpid()) continue;
    printf("%.2f\n", (now() - echo.sentAt) * 1e3);
    fflush(stdout);
  }
}

int main(int argc, char **argv) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(PORT)};
  if (argc < 3 || inet_pton(AF_INET, argv[2], &at.sin_addr) != 1) return 2;
  const struct sockaddr *address = (const struct sockaddr *)&at;
  if (!strcmp(argv[1], "serve")) serve(address, sizeof at);
  if (!strcmp(argv[1], "ping")) ping(address, sizeof at);
  if (!strcmp(argv[1], "take") && argc == 4) return take(address, sizeof at, strtoull(argv[3], NULL, 10));
  return 2;
}
