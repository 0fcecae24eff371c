// A long path between network namespaces, in user space, as a kernel without netem has none: each end is a TUN device behind an uplink
// of its own with a rate, a drop-tail queue and random loss; all lie equally far from each other. Downlinks have no limit.
// path DELAY_MS RATE_BYTES_PER_S QUEUE_BYTES LOSS_PER_MILLION PID=ADDRESS…
//   DELAY_MS: one way, from any end to any other. RATE: of each uplink; 0 for none. PID: a process in the namespace of that end.
// Says “ready” when the devices (each is `path` in its namespace) are there. Dies with the process that started it, by setpriv.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { MOST_ENDS = 16, MOST_BYTES = 2048, SLOTS = 1 << 13, DESTINATION = 16 };
static const uint64_t SECOND = 1000000000ull;

struct packet { uint64_t due; int length; unsigned char bytes[MOST_BYTES]; };
/** `ring`: what has passed the uplink's queue or waits in it, in the order in which it arrives. `freeAt`: when the uplink is done with it. */
struct end { int tun; uint32_t address; struct packet *ring; unsigned head, tail; uint64_t freeAt; };

static struct end ends[MOST_ENDS];
static int count;

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * SECOND + t.tv_nsec;
}

static void fail(const char *what) { perror(what); exit(1); }

static void openEnd(struct end *end, const char *pid, const char *address) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%s/ns/net", pid);
  const int ns = open(path, O_RDONLY);
  if (ns < 0 || setns(ns, CLONE_NEWNET)) fail(path);
  close(ns);
  end->tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  struct ifreq request = {.ifr_name = "path", .ifr_flags = IFF_TUN | IFF_NO_PI};
  if (end->tun < 0 || ioctl(end->tun, TUNSETIFF, &request)) fail("/dev/net/tun");
  if (inet_pton(AF_INET, address, &end->address) != 1) fail(address);
  end->ring = malloc(sizeof(struct packet) * SLOTS);
  if (!end->ring) fail("malloc");
}

/** Sends to the one that has that address; nobody gets what is not IPv4. False where it must be tried again. */
static int deliver(const struct packet *packet) {
  if (packet->length < DESTINATION + 4 || packet->bytes[0] >> 4 != 4) return 1;
  for (int i = 0; i < count; i++)
    if (!memcmp(&ends[i].address, packet->bytes + DESTINATION, 4))
      return write(ends[i].tun, packet->bytes, packet->length) >= 0 || errno != EAGAIN;
  return 1;
}

int main(int argc, char **argv) {
  if (argc < 7 || argc - 5 > MOST_ENDS) { fprintf(stderr, "usage: path DELAY_MS RATE QUEUE LOSS PID=ADDRESS…\n"); return 2; }
  const uint64_t delay = (uint64_t)(atof(argv[1]) * 1e6);
  const double rate = atof(argv[2]);
  const double queueNs = rate > 0 ? atof(argv[3]) / rate * SECOND : 0;
  const long loss = atol(argv[4]);
  for (; count < argc - 5; count++) {
    char *address = strchr(argv[5 + count], '=');
    if (!address) { fprintf(stderr, "PID=ADDRESS, not %s\n", argv[5 + count]); return 2; }
    *address++ = 0;
    openEnd(&ends[count], argv[5 + count], address);
  }
  puts("ready");
  fflush(stdout);
  for (;;) {
    uint64_t at = now(), next = at + SECOND / 2;
    for (struct end *end = ends; end < ends + count; end++) {
      for (; end->tail != end->head && end->ring[end->tail % SLOTS].due <= at; end->tail++)
        if (!deliver(&end->ring[end->tail % SLOTS])) break;
      if (end->tail != end->head && end->ring[end->tail % SLOTS].due < next) next = end->ring[end->tail % SLOTS].due;
    }
    at = now();
    const struct timespec wait = {0, next > at ? (long)(next - at) : 0};
    struct pollfd fds[MOST_ENDS];
    for (int i = 0; i < count; i++) fds[i] = (struct pollfd){ends[i].tun, POLLIN, 0};
    ppoll(fds, count, &wait, NULL);
    for (struct end *end = ends; end < ends + count; end++) {
      for (int burst = 0; burst < 256 && end->head - end->tail < SLOTS; burst++) {
        struct packet *packet = &end->ring[end->head % SLOTS];
        packet->length = read(end->tun, packet->bytes, MOST_BYTES);
        if (packet->length <= 0) break;
        if (loss && random() % 1000000 < loss) continue;
        at = now();
        uint64_t sentAt = end->freeAt > at ? end->freeAt : at;
        if (rate > 0) {
          if (sentAt - at > queueNs) continue;
          sentAt = end->freeAt = sentAt + (uint64_t)(packet->length / rate * SECOND);
        }
        packet->due = sentAt + delay;
        end->head++;
      }
    }
  }
}
