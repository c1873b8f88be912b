"""Open data look-ups: places, first names, e-mail domains, countries and activities, read when first asked.

Nothing here touches a database or the network. `tables()` hands the same knowledge to the store in Arrow.
"""

from segmentation.reference.look_ups import TABLES, tables

__all__ = ["TABLES", "tables"]
