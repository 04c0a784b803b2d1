#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

// Swift has vectors, but no way to make one bit of each lane, which is what a search for many places wants.

/// A bit for each of the 64 bytes at `bytes` that is `byte`; the lowest for the first. All 64 must be readable.
static inline uint64_t sluice_places_of(const uint8_t *bytes, uint8_t byte) {
#if defined(__SSE2__)
  const __m128i wanted = _mm_set1_epi8((char)byte);
  uint64_t places = 0;
  for (int part = 0; part < 4; part++) {
    const __m128i block = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
    places |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block, wanted)) << (16 * part);
  }
  return places;
#elif defined(__aarch64__)
  const uint8x16_t wanted = vdupq_n_u8(byte);
  const uint8x16_t bits = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t a = vandq_u8(vceqq_u8(vld1q_u8(bytes), wanted), bits);
  uint8x16_t b = vandq_u8(vceqq_u8(vld1q_u8(bytes + 16), wanted), bits);
  uint8x16_t c = vandq_u8(vceqq_u8(vld1q_u8(bytes + 32), wanted), bits);
  uint8x16_t d = vandq_u8(vceqq_u8(vld1q_u8(bytes + 48), wanted), bits);
  uint8x16_t sum = vpaddq_u8(vpaddq_u8(a, b), vpaddq_u8(c, d));
  sum = vpaddq_u8(sum, sum);
  return vgetq_lane_u64(vreinterpretq_u64_u8(sum), 0);
#else
  uint64_t places = 0;
  for (int place = 0; place < 64; place++) places |= (uint64_t)(bytes[place] == byte) << place;
  return places;
#endif
}

/// A bit for each of the 16 bytes at `bytes` that is `byte`; the lowest for the first. All 16 must be readable.
static inline uint32_t sluice_places_of_in_16(const uint8_t *bytes, uint8_t byte) {
#if defined(__SSE2__)
  const __m128i block = _mm_loadu_si128((const __m128i *)bytes);
  return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block, _mm_set1_epi8((char)byte)));
#elif defined(__aarch64__)
  const uint8x16_t bits = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t hits = vandq_u8(vceqq_u8(vld1q_u8(bytes), vdupq_n_u8(byte)), bits);
  return (uint32_t)vaddv_u8(vget_low_u8(hits)) | (uint32_t)vaddv_u8(vget_high_u8(hits)) << 8;
#else
  uint32_t places = 0;
  for (int place = 0; place < 16; place++) places |= (uint32_t)(bytes[place] == byte) << place;
  return places;
#endif
}

/// As `sluice_places_of_in_16`, of either of two bytes.
static inline uint32_t sluice_places_of_two_in_16(const uint8_t *bytes, uint8_t one, uint8_t other) {
#if defined(__SSE2__)
  const __m128i block = _mm_loadu_si128((const __m128i *)bytes);
  const __m128i hits = _mm_or_si128(
      _mm_cmpeq_epi8(block, _mm_set1_epi8((char)one)), _mm_cmpeq_epi8(block, _mm_set1_epi8((char)other)));
  return (uint32_t)_mm_movemask_epi8(hits);
#else
  return sluice_places_of_in_16(bytes, one) | sluice_places_of_in_16(bytes, other);
#endif
}

/// A bit for each of the 32 bytes at `bytes` that is `byte`; the lowest for the first. All 32 must be readable.
static inline uint32_t sluice_places_of_in_32(const uint8_t *bytes, uint8_t byte) {
  return sluice_places_of_in_16(bytes, byte) | sluice_places_of_in_16(bytes + 16, byte) << 16;
}

/// A bit for each of the 32 bytes at `bytes` that lies outside of `low` to `high`, or is `one` or `other`; the lowest
/// for the first. All 32 must be readable.
static inline uint32_t sluice_places_outside_in_32(
    const uint8_t *bytes, uint8_t low, uint8_t high, uint8_t one, uint8_t other) {
#if defined(__SSE2__)
  const __m128i span = _mm_set1_epi8((char)(high - low));
  uint32_t places = 0;
  for (int part = 0; part < 2; part++) {
    const __m128i block = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
    const __m128i above = _mm_sub_epi8(block, _mm_set1_epi8((char)low));
    const __m128i within = _mm_cmpeq_epi8(_mm_min_epu8(above, span), above);
    const __m128i excepted = _mm_or_si128(
        _mm_cmpeq_epi8(block, _mm_set1_epi8((char)one)), _mm_cmpeq_epi8(block, _mm_set1_epi8((char)other)));
    places |= (uint32_t)_mm_movemask_epi8(_mm_andnot_si128(excepted, within)) << (16 * part);
  }
  return ~places;
#else
  uint32_t places = 0;
  for (int place = 0; place < 32; place++) {
    const uint8_t byte = bytes[place];
    places |= (uint32_t)((uint8_t)(byte - low) > (uint8_t)(high - low) || byte == one || byte == other) << place;
  }
  return places;
#endif
}
