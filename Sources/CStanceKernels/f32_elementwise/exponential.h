/* exp and the logistic function on vectors. Included behind one of vectors/. */

/* e^x = 2^n e^r, |r| <= log(2) / 2, with a polynomial of degree 7 for e^r. */
VF vf vf_exponential(vf x) {
  /* Beyond, the result is 0 or infinity anyway, and n would leave its range. */
  x = vf_min(vf_set(89.0f), vf_max(vf_set(-104.0f), x));
  const vf n = vf_round(vf_multiply(x, vf_set(1.44269504f)));
  /* log(2) in two parts; the first has so few bits that n times it is exact. */
  vf r = vf_multiply_add(n, vf_set(-0.693359375f), x);
  r = vf_multiply_add(n, vf_set(2.12194440e-4f), r);
  vf p = vf_set(1.9875691500e-4f);
  p = vf_multiply_add(p, r, vf_set(1.3981999507e-3f));
  p = vf_multiply_add(p, r, vf_set(8.3334519073e-3f));
  p = vf_multiply_add(p, r, vf_set(4.1665795894e-2f));
  p = vf_multiply_add(p, r, vf_set(1.6666665459e-1f));
  p = vf_multiply_add(p, r, vf_set(5.0000001201e-1f));
  p = vf_add(vf_multiply_add(p, vf_multiply(r, r), r), vf_set(1));
  /* In two steps, as 2^n itself may be too large or too small for a float. */
  const vf half = vf_round(vf_multiply(n, vf_set(0.5f)));
  p = vf_multiply(p, vf_power_of_two(half));
  return vf_multiply(p, vf_power_of_two(vf_subtract(n, half)));
}

/* 1 / (1 + e^-x), from e^-|x| so that nothing overflows or cancels. */
VF vf vf_logistic(vf x) {
  const vf power = vf_exponential(vf_subtract(vf_zero(), vf_magnitude(x)));
  const vf numerator = vf_where_negative(x, power, vf_set(1));
  return vf_divide(numerator, vf_add(vf_set(1), power));
}
