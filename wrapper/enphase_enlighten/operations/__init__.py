"""Operations by shape, free of I/O and of any API.

Each function checks its arguments when it is called, so that invalid input raises before anything is sent, and returns
a generator that plans requests and reads responses; see `enphase_enlighten.engine.steps`.
"""
