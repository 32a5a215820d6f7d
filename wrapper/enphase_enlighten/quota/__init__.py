"""Staying inside the plan, in one process or in many."""
