"""What a scenario may put in place of a register entry: a number, or one of six distributions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from foedus.scenario.fields import Number, is_finite_number, wrong
from foedus.scenario.records import Record

Positive = Annotated[float, Field(strict=True, allow_inf_nan=False, gt=0)]


class Fixed(Record):
    """One value in every draw."""

    dist: Literal["fixed"]
    value: Number = Field(description="the value")


class Normal(Record):
    """Normal distribution."""

    dist: Literal["normal"]
    mean: Number = Field(description="mean")
    sd: Positive = Field(description="standard deviation")


class Lognormal(Record):
    """Lognormal distribution, given by its median and the standard deviation of the logarithm."""

    dist: Literal["lognormal"]
    median: Positive = Field(description="median, in the parameter's unit")
    sigma: Positive = Field(description="standard deviation of the natural logarithm")


class Beta(Record):
    """Beta distribution on [0, 1]."""

    dist: Literal["beta"]
    a: Positive = Field(description="first shape")
    b: Positive = Field(description="second shape")


class Uniform(Record):
    """Uniform distribution between two bounds."""

    dist: Literal["uniform"]
    low: Number = Field(description="lower bound")
    high: Number = Field(description="upper bound")

    @model_validator(mode="after")
    def _ordered(self) -> Uniform:
        if not self.low < self.high:
            raise wrong(f"low must lie below high, got low {self.low:g} and high {self.high:g}")
        return self


class Triangular(Record):
    """Triangular distribution between two bounds with a mode."""

    dist: Literal["triangular"]
    low: Number = Field(description="lower bound")
    mode: Number = Field(description="most likely value")
    high: Number = Field(description="upper bound")

    @model_validator(mode="after")
    def _ordered(self) -> Triangular:
        if not (self.low <= self.mode <= self.high and self.low < self.high):
            got = f"{self.low:g}, {self.mode:g}, {self.high:g}"
            raise wrong(f"must have low <= mode <= high and low below high, got {got}")
        return self


Distribution = Fixed | Normal | Lognormal | Beta | Uniform | Triangular
DISTRIBUTIONS: tuple[type[Record], ...] = (Fixed, Normal, Lognormal, Beta, Uniform, Triangular)
DISTRIBUTION_NAMES = tuple(sorted(kind.__name__.lower() for kind in DISTRIBUTIONS))


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
    | Annotated[Beta, Tag("beta")]
    | Annotated[Uniform, Tag("uniform")]
    | Annotated[Triangular, Tag("triangular")],
    Discriminator(_kind),
]
"""A parameter override: a number, or a distribution with named arguments."""
