"""The record: tables, schemas and as-of queries. Knows no model."""
