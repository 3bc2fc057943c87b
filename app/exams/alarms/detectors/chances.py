"""How unlikely something is by chance alone."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
# Of a thousand examinations without a fault one may raise an alarm of a kind that looks at many things.
FALSE_ALARMS = 0.001


def limit(looks: int, false_alarms: float = FALSE_ALARMS) -> float:
    """Give how many deviations, up or down, chance passes in one of `looks` with this probability."""
    return NormalDist().inv_cdf(1 - false_alarms / (2 * max(looks, 1)))


def standard(values: Floats) -> Floats:
    """Bring values to mean 0 and deviation 1; all 0 where they do not differ."""
    spread = values.std()
    centred = values - values.mean()
    return centred / spread if spread > 0 else np.zeros_like(centred)


def log_tail(hits: Floats, trials: Floats, expected: Floats) -> Floats:
    """Bound the logarithm of the chance of at least `hits` of `trials` where `expected` are usual.

    Hoeffding (Journal of the American Statistical Association 58, 1963), theorem 1: trials need not be
    alike, but independent. It is 0, no evidence, where there are no more hits than expected.
    """
    share = np.divide(hits, trials, out=np.zeros_like(hits), where=trials > 0)
    mean = np.divide(expected, trials, out=np.zeros_like(hits), where=trials > 0)
    share, mean = np.clip(share, 1e-12, 1 - 1e-12), np.clip(mean, 1e-12, 1 - 1e-12)
    distance = share * np.log(share / mean) + (1 - share) * np.log((1 - share) / (1 - mean))
    bound: Floats = np.where(share > mean, -trials * distance, 0.0)
    return bound
