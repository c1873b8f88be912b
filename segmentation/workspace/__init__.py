"""The one room that opens a base and knows all the others; screens and the command line call it."""

from __future__ import annotations

from segmentation.workspace.demo import FRESH as DEMO_FRESH
from segmentation.workspace.demo import is_ready as demo_is_ready
from segmentation.workspace.demo import make_ready as make_demo_ready
from segmentation.workspace.ingest import departed
from segmentation.workspace.workspace import Workspace

__all__ = ["DEMO_FRESH", "Workspace", "demo_is_ready", "departed", "make_demo_ready"]
