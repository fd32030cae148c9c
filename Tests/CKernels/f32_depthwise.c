#include "harness.h"

static int out_size(int size, int reach, int stride, int padding) {
  return (size + padding - reach) / stride + 1;
}

/* A layer of random shape and numbers, without results; `plain` are its weights. */
static st_f32_depthwise random_layer(int width, const float **plain, int *out_height) {
  st_f32_depthwise d = {.multiplier = once_in(5) ? number(2, 3) : 1};
  const int is_3x3 = once_in(2);
  d.channels = (1 + size_around(width, 40)) * d.multiplier;
  d.kernel_height = is_3x3 ? 3 : number(1, 6);
  d.kernel_width = is_3x3 ? 3 : once_in(2) ? d.kernel_height : number(1, 6);
  d.stride_height = number(1, 3);
  d.stride_width = once_in(4) ? number(1, 4) : number(1, 2);
  d.dilation_height = once_in(4) ? number(1, 3) : 1;
  d.dilation_width = once_in(4) ? number(1, 3) : 1;
  d.height = number(1, 12);
  d.width = number(1, 20);
  const int reach_height = (d.kernel_height - 1) * d.dilation_height + 1;
  const int reach_width = (d.kernel_width - 1) * d.dilation_width + 1;
  d.top = number(0, reach_height - 1);
  d.left = number(0, reach_width - 1);
  int bottom = number(0, reach_height - 1), right = number(0, reach_width - 1);
  while (d.height + d.top + bottom < reach_height) bottom++;
  while (d.width + d.left + right < reach_width) right++;
  *out_height = out_size(d.height, reach_height, d.stride_height, d.top + bottom);
  d.out_width = out_size(d.width, reach_width, d.stride_width, d.left + right);
  const int taps = d.kernel_height * d.kernel_width;
  const int padded = (d.channels + width - 1) / width * width;
  *plain = random_floats((ptrdiff_t)taps * d.channels);
  float *weights = packed((size_t)taps * padded * 4), *bias = guarded_floats(padded);
  st_f32_depthwise_pack(width, taps, d.channels, *plain, weights);
  for (int c = 0; c < d.channels; c++) bias[c] = real();
  d.x = random_floats((ptrdiff_t)d.height * d.width * d.channels / d.multiplier);
  d.weights = weights;
  d.bias = bias;
  d.activation = random_activation(d.channels, width);
  d.y_stride = d.channels + number(0, 3);
  d.scratch = guarded(st_f32_depthwise_scratch_count(&d, width) * 4, 0, 64);
  return d;
}

static void check_pixel(const st_f32_depthwise *d, const float *w, int pixel, const float *y) {
  for (int c = 0; c < d->channels; c++) {
    double sum = d->bias[c], magnitude = fabs(sum) + 1;
    for (int k = 0; k < d->kernel_height; k++) {
      for (int l = 0; l < d->kernel_width; l++) {
        const int i = pixel / d->out_width * d->stride_height - d->top + k * d->dilation_height;
        const int j = pixel % d->out_width * d->stride_width - d->left + l * d->dilation_width;
        if (i < 0 || i >= d->height || j < 0 || j >= d->width) continue;
        const int depth = d->channels / d->multiplier;
        const double product = (double)d->x[(i * d->width + j) * depth + c / d->multiplier] *
                               w[(k * d->kernel_width + l) * d->channels + c];
        sum += product;
        magnitude += fabs(product);
      }
    }
    check_near(y[c], activated(sum, &d->activation, c), magnitude);
  }
}

static void test_f32(const void *variant) {
  const st_f32_kernels *v = variant;
  st_f32_depthwise_function *run = v->depthwise;
  const float *weights;
  int out_height;
  st_f32_depthwise d = random_layer(v->packing.width, &weights, &out_height);
  const int all = out_height * d.out_width;
  float *y = guarded_floats((all - 1) * d.y_stride + d.channels);
  d.pixel_count = all;
  d.y = y;
  run(&d);
  for (int p = 0; p < all; p++) {
    check_pixel(&d, weights, p, y + p * d.y_stride);
    for (ptrdiff_t c = d.channels; c < d.y_stride && p + 1 < all; c++)
      check(isnan(y[p * d.y_stride + c]));
  }
  /* Some of the pixels alone give the same bits. */
  d.first_pixel = number(0, all - 1);
  d.pixel_count = number(1, all - d.first_pixel);
  const size_t count = (size_t)((d.pixel_count - 1) * d.y_stride + d.channels);
  float *part = guarded(count * 4, 0, 4);
  d.y = part;
  run(&d);
  for (int p = 0; p < d.pixel_count; p++) {
    for (int c = 0; c < d.channels; c++) {
      const float *whole = y + (d.first_pixel + p) * d.y_stride + c;
      check(!memcmp(part + p * d.y_stride + c, whole, 4));
    }
  }
}

void test_f32_depthwise(void) {
  int count;
  const st_f32_kernels *f = st_f32_kernels_table(&count);
  for (; count > 0; count--, f++) test("st_f32_depthwise", f->name, 1, test_f32, f);
}
