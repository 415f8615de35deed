"""Who pays for a placement, as it is agreed, signed and disputed; what stands open of it."""
