"""What a scenario may put in place of a register entry: a number, or a distribution.

The distributions and their arguments are those of the register (``foedus.model.parameters``); its bounds still
hold.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from foedus.scenario.fields import Number, is_finite_number, wrong
from foedus.scenario.records import Record

Prior = tuple[str, float, float | None]
"""Name of a distribution and its two arguments, as a row of the register has them."""

Probability = Annotated[float, Field(strict=True, allow_inf_nan=False, gt=0, lt=1)]
Positive = Annotated[float, Field(strict=True, allow_inf_nan=False, gt=0)]


class Fixed(Record):
    """One value in every draw; the same as writing the number alone."""

    dist: Literal["fixed"]
    value: Number = Field(description="the value")

    def prior(self) -> Prior:
        """Return the register's name and arguments."""
        return ("fixed", self.value, None)


class Normal(Record):
    """Normal distribution."""

    dist: Literal["normal"]
    mean: Number = Field(description="mean")
    sd: Positive = Field(description="standard deviation")

    def prior(self) -> Prior:
        """Return the register's name and arguments."""
        return ("normal", self.mean, self.sd)


class Lognormal(Record):
    """Lognormal distribution."""

    dist: Literal["lognormal"]
    median: Positive = Field(description="median")
    sigma: Positive = Field(description="standard deviation of the natural logarithm")

    def prior(self) -> Prior:
        """Return the register's name and arguments."""
        return ("lognormal", self.median, self.sigma)


class Logitnormal(Record):
    """Logit-normal distribution of a probability."""

    dist: Literal["logitnormal"]
    median: Probability = Field(description="median, a probability")
    sigma: Positive = Field(description="standard deviation of the logit")

    def prior(self) -> Prior:
        """Return the register's name and arguments."""
        return ("logitnormal", self.median, self.sigma)


class Beta(Record):
    """Beta distribution on [0, 1]."""

    dist: Literal["beta"]
    mean: Probability = Field(description="mean, between 0 and 1")
    concentration: Positive = Field(description="sum of the two shapes: the larger, the narrower")

    def prior(self) -> Prior:
        """Return the register's name and arguments."""
        return ("beta", self.mean, self.concentration)


class _Bounded(Record):
    """What has two bounds in order."""

    low: Number = Field(description="lower bound")
    high: Number = Field(description="upper bound")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low < self.high:
            raise wrong(f"low must lie below high, got low {self.low:g} and high {self.high:g}")
        return self


class Uniform(_Bounded):
    """Uniform distribution between two bounds."""

    dist: Literal["uniform"]

    def prior(self) -> Prior:
        """Return the register's name and arguments."""
        return ("uniform", self.low, self.high)


class Triangular(_Bounded):
    """Triangular distribution between two bounds, with the mode half-way."""

    dist: Literal["triangular"]

    def prior(self) -> Prior:
        """Return the register's name and arguments."""
        return ("triangular", self.low, self.high)


DISTRIBUTIONS: tuple[type[Record], ...] = (Fixed, Normal, Lognormal, Logitnormal, Beta, Uniform, Triangular)
DISTRIBUTION_NAMES = tuple(sorted(kind.__name__.lower() for kind in DISTRIBUTIONS))
Distribution = Fixed | Normal | Lognormal | Logitnormal | Beta | Uniform | Triangular


def prior_of(override: float | Distribution) -> Prior:
    """Return an override as the register takes it: name of the distribution and its two arguments.

    Example:
        >>> prior_of(0.3)
        ('fixed', 0.3, None)
    """
    return ("fixed", float(override), None) if isinstance(override, int | float) else override.prior()


def _kind(value: object) -> str | None:
    if isinstance(value, Record):
        value = {"dist": getattr(value, "dist", None)}
    if isinstance(value, dict):
        name = value.get("dist")
        return name if isinstance(name, str) and name in DISTRIBUTION_NAMES else None
    return "number" if is_finite_number(value) else None


Override = Annotated[
    Annotated[Number, Tag("number")]
    | Annotated[Fixed, Tag("fixed")]
    | Annotated[Normal, Tag("normal")]
    | Annotated[Lognormal, Tag("lognormal")]
    | Annotated[Logitnormal, Tag("logitnormal")]
    | Annotated[Beta, Tag("beta")]
    | Annotated[Uniform, Tag("uniform")]
    | Annotated[Triangular, Tag("triangular")],
    Discriminator(_kind),
]
"""A parameter override: a number, or a distribution with named arguments."""
