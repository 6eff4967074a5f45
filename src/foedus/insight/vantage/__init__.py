"""The whole product as of a past day: what it would have said then, scored against what the atlas holds now."""
