"""The parts of every service of the simulated API: requests and responses, errors, a quota, a specification.

Nothing here knows one service. `protocol.Service` is what a service gives to those that send it requests.
"""
