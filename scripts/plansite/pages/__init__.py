"""Every page made from data; drawn by render.py."""

from .page import NAVIGATION, SITE, Page
from .site import nation, of_districts, shared, site

__all__ = ["NAVIGATION", "SITE", "Page", "nation", "of_districts", "shared", "site"]
