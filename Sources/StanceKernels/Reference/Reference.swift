/// The plain kernels: one readable function an operator, held against LiteRT's results.
///
/// They stay callable beside the fast ones, which are held against them. Each takes views and
/// numbers, and trusts its caller that shapes fit together.
public enum Reference {}
