"""Draws, chunks, checkpoints and labelled results on disk."""
