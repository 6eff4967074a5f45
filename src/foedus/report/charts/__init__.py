"""One chart per file: pure functions from tidy frames to Altair charts."""
