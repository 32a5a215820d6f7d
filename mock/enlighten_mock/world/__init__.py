"""The world: a fleet of systems, what each produces and consumes, and what it has reported by a given time.

Facts and physics only. Nothing here knows a service, its requests or its responses, so that all services share
one fleet. Each fact is a function of the fleet's seed, the system's id and a time in epoch seconds.
"""
