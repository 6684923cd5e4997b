"""From a text as received to a draft plan folder: lines → blocks → YAML, and a report of doubts."""
