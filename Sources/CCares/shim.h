// The C library's own Swift module comes first. Otherwise this module would define the C library's types that c-ares's
// header pulls in, and files that import Glibc alone would not see their members.
#if __has_include(<SwiftGlibc.h>)
#include <SwiftGlibc.h>
#endif

#include <ares.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

// What the C library's Swift module lacks and the resolver's thread needs.

/// An eventfd that neither waits nor is inherited; -1 with errno where there is none left.
static inline int sluice_wake_descriptor(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

/// Names the calling thread for debuggers and process lists; at most 15 bytes are kept.
static inline void sluice_name_this_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
