#include "harness.h"

/* A layer, its input as numbers, and the weights and slopes of its channels. */
typedef struct {
  st_bf16_depthwise packed;
  const float *x;
  const float *weights;
  st_f32_activation activation;
  int out_height;
} layer;

/* Numbers of channels, repeated up to `lanes` and padded with zeros to a multiple of `width`. */
static float *repeated(const float *numbers, int channels, int lanes, int width) {
  const int count = (lanes + width - 1) / width * width;
  float *result = guarded_floats(count);
  for (int l = 0; l < count; l++) result[l] = l < lanes ? numbers[l % channels] : 0;
  return result;
}

static layer random_layer(int vector_width) {
  layer result = {.out_height = number(1, 8)};
  st_bf16_depthwise *d = &result.packed;
  const int width = 2 * vector_width;
  d->multiplier = once_in(6) ? number(2, 3) : 1;
  d->channels = (1 + size_around(width, 80)) * d->multiplier;
  d->kernel_height = once_in(2) ? 3 : number(1, 6);
  d->kernel_width = once_in(2) ? d->kernel_height : number(1, 6);
  d->stride_height = number(1, 3);
  d->stride_width = once_in(2) ? 1 : number(1, 3);
  d->dilation_height = once_in(4) ? number(1, 3) : 1;
  d->dilation_width = once_in(4) ? number(1, 3) : 1;
  d->height = number(1, 12);
  d->width = number(1, 20);
  d->out_width = number(1, 24);
  d->top = number(0, (d->kernel_height - 1) * d->dilation_height);
  d->left = number(0, (d->kernel_width - 1) * d->dilation_width);
  const int period =
      st_bf16_depthwise_period(vector_width, d->channels, d->multiplier, d->stride_width);
  d->lanes = period ? period : d->channels;
  const int taps = d->kernel_height * d->kernel_width;
  result.weights = random_floats((ptrdiff_t)taps * d->channels);
  float *lanes = guarded_floats((ptrdiff_t)taps * d->lanes);
  for (int k = 0; k < taps; k++) {
    for (int l = 0; l < d->lanes; l++)
      lanes[k * d->lanes + l] = result.weights[k * d->channels + l % d->channels];
  }
  float *weights = packed((size_t)taps * ((d->lanes + width - 1) / width * width) * 4);
  st_f32_depthwise_pack(width, taps, d->lanes, lanes, weights);
  d->weights = weights;
  d->bias = repeated(random_floats(d->channels), d->channels, d->lanes, width);
  result.activation = d->activation = random_activation(d->channels, width);
  if (d->activation.slopes)
    d->activation.slopes = repeated(d->activation.slopes, d->channels, d->lanes, width);
  const ptrdiff_t count = (ptrdiff_t)d->height * d->width * d->channels / d->multiplier;
  float *x = guarded_floats(count);
  for (ptrdiff_t i = 0; i < count; i++) x[i] = from_bf16(bf16_from(real()));
  d->x = result.x = x;
  d->y_stride = period ? d->channels : d->channels + number(0, 3);
  d->scratch = guarded(st_bf16_depthwise_scratch_count(d, vector_width) * 4, 0, 64);
  return result;
}

static void check_pixel(const layer *layer, int pixel, const float *y) {
  const st_bf16_depthwise *d = &layer->packed;
  for (int c = 0; c < d->channels; c++) {
    double sum = d->bias[c], magnitude = fabs(sum) + 1;
    for (int k = 0; k < d->kernel_height; k++) {
      for (int l = 0; l < d->kernel_width; l++) {
        const int i = pixel / d->out_width * d->stride_height - d->top + k * d->dilation_height;
        const int j = pixel % d->out_width * d->stride_width - d->left + l * d->dilation_width;
        if (i < 0 || i >= d->height || j < 0 || j >= d->width) continue;
        const int depth = d->channels / d->multiplier;
        const double product =
            (double)layer->x[(i * d->width + j) * depth + c / d->multiplier] *
            layer->weights[(k * d->kernel_width + l) * d->channels + c];
        sum += product;
        magnitude += fabs(product);
      }
    }
    check_near(y[c], activated(sum, &layer->activation, c), magnitude);
  }
}

static void test_depthwise(const void *variant) {
  const st_bf16_kernels *v = variant;
  layer layer = random_layer(v->packing.width);
  st_bf16_depthwise *d = &layer.packed;
  const int all = layer.out_height * d->out_width;
  float *y = guarded_floats((all - 1) * d->y_stride + d->channels);
  d->pixel_count = all;
  d->y = y;
  v->depthwise(d);
  for (int p = 0; p < all; p++) {
    check_pixel(&layer, p, y + p * d->y_stride);
    for (ptrdiff_t c = d->channels; c < d->y_stride && p + 1 < all; c++)
      check(isnan(y[p * d->y_stride + c]));
  }
  /* Some of the pixels alone, stored as bfloat16, are the same numbers rounded. */
  const ptrdiff_t x_count = (ptrdiff_t)d->height * d->width * d->channels / d->multiplier;
  uint16_t *x = guarded((size_t)x_count * 2, 0, 2);
  for (ptrdiff_t i = 0; i < x_count; i++) x[i] = bf16_from(layer.x[i]);
  d->x = x;
  d->x_is_bf16 = 1;
  d->first_pixel = number(0, all - 1);
  d->pixel_count = number(1, all - d->first_pixel);
  const size_t count = (size_t)((d->pixel_count - 1) * d->y_stride + d->channels);
  float *part = guarded(count * 4, 0, 4);
  uint16_t *rounded = guarded(count * 2, 0, 2);
  d->y = part;
  v->depthwise(d);
  d->y = rounded;
  d->y_is_bf16 = 1;
  v->depthwise(d);
  for (int p = 0; p < d->pixel_count; p++) {
    for (int c = 0; c < d->channels; c++) {
      const float *whole = y + (d->first_pixel + p) * d->y_stride + c;
      check(!memcmp(part + p * d->y_stride + c, whole, 4));
      /* Denormal numbers may count as zero. */
      check(rounded[p * d->y_stride + c] == bf16_from(*whole) || fabsf(*whole) < 0x1p-126f);
    }
  }
}

void test_bf16_depthwise(void) {
  int count;
  const st_bf16_kernels *b = st_bf16_kernels_table(&count);
  for (; count > 0; count--, b++) test("st_bf16_depthwise", b->name, 1, test_depthwise, b);
}
