"""What all tests share."""

from hypothesis import HealthCheck, settings

# The same examples in every run: a red result is then a change in the code, and anyone can reproduce it. How long one
# takes is not judged: a busy machine is no fault of the code.
settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")
