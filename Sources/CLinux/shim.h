// The C library's own Swift module comes first, so that this one defines none of its types anew.
#if __has_include(<SwiftGlibc.h>)
#include <SwiftGlibc.h>
#endif

#include <stdint.h>
#include <sys/prctl.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Calls of Linux that older C libraries lack, and that Swift cannot make by itself because they take any arguments.

/// A descriptor that stands for a process and is readable when that has ended (pidfd_open(2), Linux 5.3); -1 with errno.
static inline int sluice_process_descriptor(int process) {
  return (int)syscall(434, (long)process, 0L);
}

/// Names the calling thread for debuggers and process lists; at most 15 bytes are kept.
static inline void sluice_name_watch(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

/// How a process ended that somebody else has waited for, as wait(2) tells it (PIDFD_GET_INFO, Linux 6.15).
///
/// Returns 0, or -1 where it has not been waited for yet or the kernel is older.
static inline int sluice_process_end(int descriptor, int *status) {
  // struct pidfd_info of <linux/pidfd.h>, its first form: 64 bytes.
  struct {
    uint64_t mask;
    uint64_t cgroup;
    uint32_t numbers[11];
    int32_t exit;
  } info = {.mask = 1 << 3};
  const unsigned long pidfd_get_info = 0xC040FF0B;
  if (ioctl(descriptor, pidfd_get_info, &info) != 0 || !(info.mask & (1 << 3))) return -1;
  *status = info.exit;
  return 0;
}
