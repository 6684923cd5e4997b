"""plansite: plans for disabled people as data, pages and comparisons."""
