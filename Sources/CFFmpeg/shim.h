#ifndef STANCE_CFFMPEG_SHIM_H
#define STANCE_CFFMPEG_SHIM_H

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/error.h>
#include <libavutil/imgutils.h>
#include <libavutil/log.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>

static inline int stance_averror_eof(void) { return AVERROR_EOF; }
static inline int stance_averror_again(void) { return AVERROR(EAGAIN); }
static inline int64_t stance_nopts(void) { return AV_NOPTS_VALUE; }

/* Word i of row y of plane p of the pattern that pictures hold before they are decoded; the words of
 * the inverted pattern differ from it in every bit. */
static inline uint64_t stance_pattern(int inverted, int p, int y, int i) {
  uint64_t z = 0x9E3779B97F4A7C15u * (1 + ((uint64_t)(uint32_t)y << 24 ^ (uint64_t)(uint32_t)i
      ^ (uint64_t)(uint32_t)p << 60));
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  z ^= z >> 31;
  return inverted ? ~z : z;
}

static inline uint8_t stance_pattern_byte(int inverted, int p, int y, int index) {
  return (uint8_t)(stance_pattern(inverted, p, y, index / 8) >> (8 * (index % 8)));
}

/* A codec context's get_buffer2 that fills the frame's picture planes with the pattern, so that pixels
 * which the decoder never wrote can be told; inverted where the context's opaque pointer is not null.
 * The palette plane is left alone. */
static inline int stance_get_patterned_buffer(AVCodecContext *context, AVFrame *frame, int flags) {
  int result = avcodec_default_get_buffer2(context, frame, flags);
  if (result < 0) return result;
  const AVPixFmtDescriptor *format = av_pix_fmt_desc_get((enum AVPixelFormat)frame->format);
  if (!format) return result;
  for (int p = 0; p < 4 && frame->data[p]; p++) {
    if ((format->flags & AV_PIX_FMT_FLAG_PAL) != 0 && p == 1) break;
    int isChroma = p == 1 || p == 2;
    int rows = isChroma ? -((-frame->height) >> format->log2_chroma_h) : frame->height;
    int bytes = av_image_get_linesize((enum AVPixelFormat)frame->format, frame->width, p);
    for (int y = 0; y < rows; y++) {
      uint8_t *row = frame->data[p] + (ptrdiff_t)y * frame->linesize[p];
      for (int i = 0; i < bytes; i += 8) {
        uint64_t word = stance_pattern(context->opaque != NULL, p, y, i / 8);
        memcpy(row + i, &word, bytes - i < 8 ? bytes - i : 8);
      }
    }
  }
  return result;
}

/* Makes a context fill its pictures with the pattern. */
static inline void stance_use_patterned_buffers(AVCodecContext *context, int inverted) {
  context->opaque = inverted ? context : NULL;
  context->get_buffer2 = stance_get_patterned_buffer;
}

/* Whether a whole word of the row, or its last byte, still is the pattern's. */
static inline int stance_row_seems_untouched(const AVFrame *frame, int p, int y, int bytes) {
  const uint8_t *row = frame->data[p] + (ptrdiff_t)y * frame->linesize[p];
  for (int i = 0; i + 8 <= bytes; i += 8) {
    uint64_t expected = stance_pattern(0, p, y, i / 8), word;
    memcpy(&word, row + i, 8);
    if (word == expected) return 1;
  }
  int isOutermost = y == 0 || y + 2 >= frame->height;
  int last = bytes - 1;
  return (isOutermost || bytes < 8) && last >= 0
      && row[last] == stance_pattern_byte(0, p, y, last);
}

/* Whether a byte of the row is the pattern's in one frame and the inverted pattern's in the other: the
 * decoder wrote it in neither. */
static inline int stance_row_is_untouched(
    const AVFrame *frame, const AVFrame *inverted, int p, int y, int bytes) {
  const uint8_t *row = frame->data[p] + (ptrdiff_t)y * frame->linesize[p];
  const uint8_t *other = inverted->data[p] + (ptrdiff_t)y * inverted->linesize[p];
  for (int i = 0; i < bytes; i++)
    if (row[i] == stance_pattern_byte(0, p, y, i) && other[i] == stance_pattern_byte(1, p, y, i))
      return 1;
  return 0;
}

#endif
