"""What every test shares: generated cases take the time they need on a busy machine."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "carnet", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("carnet")
