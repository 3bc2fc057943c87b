"""Correlations from sums of whole numbers, so that rounding enters once, at the end."""

from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums over n people of two whole quantities x and y, of their squares and of their products."""

    n: int
    x: int
    y: int
    xx: int
    yy: int
    xy: int

    @property
    def x_spread(self) -> int:
        """Give n squared times the variance of x over n."""
        return self.n * self.xx - self.x * self.x

    @property
    def y_spread(self) -> int:
        """Give n squared times the variance of y over n."""
        return self.n * self.yy - self.y * self.y

    @property
    def joint_spread(self) -> int:
        """Give n squared times the covariance over n."""
        return self.n * self.xy - self.x * self.y

    def correlation(self) -> float | None:
        """Give Pearson's correlation, None where one of the two is the same for everybody."""
        spread = self.x_spread * self.y_spread
        return self.joint_spread / sqrt(spread) if spread else None

    def without(self) -> "Moments":
        """Replace y, of which x is a part, by the rest, y - x."""
        yy = self.yy - 2 * self.xy + self.xx
        return Moments(self.n, self.x, self.y - self.x, self.xx, yy, self.xy - self.xx)
