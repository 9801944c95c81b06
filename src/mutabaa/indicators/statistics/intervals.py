"""How sure a share of a sample is: Wilson's score interval (Newcombe 1998, method 3)."""

from decimal import Decimal

NORMAL_95 = Decimal("1.959963984540054")


def wilson(successes: int, n: int) -> tuple[Decimal, Decimal]:
    """Bounds of 95 per cent confidence, as shares between 0 and 1. For a simple random sample; others need their own design."""
    if n <= 0 or not 0 <= successes <= n:
        raise ValueError("a share needs a sample, and cannot be more than all of it")
    share, size, z2 = Decimal(successes) / n, Decimal(n), NORMAL_95**2
    middle = share + z2 / (2 * size)
    half = NORMAL_95 * (share * (1 - share) / size + z2 / (4 * size * size)).sqrt()
    whole = 1 + z2 / size
    # Exact at the ends, where rounding would leave a trace.
    return (
        Decimal(0) if successes == 0 else (middle - half) / whole,
        Decimal(1) if successes == n else (middle + half) / whole,
    )
