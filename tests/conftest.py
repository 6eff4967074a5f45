"""What all tests share."""

from hypothesis import settings

# The same examples in every run: a red result is then a change in the code, and anyone can reproduce it.
settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")
