"""Every page made from data; drawn by render.py."""

from .page import NAVIGATION, SITE, Page
from .site import site

__all__ = ["NAVIGATION", "SITE", "Page", "site"]
