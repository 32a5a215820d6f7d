"""Driving operations: from the steps that they yield to requests and responses."""
