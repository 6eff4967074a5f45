"""Charts, tables and the self-contained HTML report."""
