"""Parts of the compiler of the atlas: one module for each group of tables."""
