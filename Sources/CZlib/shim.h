#include <zlib.h>

// inflateInit2 is a macro, which Swift does not see.

/// Prepares to read gzip, whose members may follow each other (window of 15 bits, 16 more for the gzip header).
static inline int sluice_inflate_gzip(z_stream *stream) { return inflateInit2(stream, 15 + 16); }
