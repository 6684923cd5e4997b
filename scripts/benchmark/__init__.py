"""How quick the site builds, with how much memory, at sizes that no real data has yet, beside other site generators."""
