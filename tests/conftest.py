"""How all tests run.

Property tests try the same examples every time, so that a red test is red for everyone. To look for new ones:
``pytest --hypothesis-profile=explore``.
"""

from hypothesis import HealthCheck, settings

# No deadline and no health check on speed: a slow machine is no fault in the code.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", settings.get_profile("steady"), derandomize=False, max_examples=2000)
settings.load_profile("steady")
