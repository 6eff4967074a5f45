"""One chart per file: pure functions from tidy frames to Vega-Lite documents."""
