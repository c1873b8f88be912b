"""The one room that opens a base and knows all the others; screens and the command line call it."""

from __future__ import annotations

from segmentation.workspace.workspace import Workspace

__all__ = ["Workspace"]
