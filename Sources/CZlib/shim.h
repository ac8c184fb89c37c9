#include <zlib.h>

/* deflateInit2 is a macro and invisible to Swift. Window of 15 bits plus 16: a gzip header and trailer (zlib.h). */
static inline int preavis_gzip_init(z_streamp stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

/* Deflate without header and trailer, which GzipBlock writes itself: a negative number of bits (zlib.h). */
static inline int preavis_deflate_init(z_streamp stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}

static inline int preavis_inflate_init(z_streamp stream) { return inflateInit2(stream, -15); }
