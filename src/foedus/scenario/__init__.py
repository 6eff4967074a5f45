"""Scenario files: schema, shipped library, composition."""
