"""The plans in other forms, made from the same objects as the pages."""
