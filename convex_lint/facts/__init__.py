"""Dated lists of what Convex and its runtime offer, each with the source that it was read in."""
