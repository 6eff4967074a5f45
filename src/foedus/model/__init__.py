"""The strategic model: pure functions on arrays."""
