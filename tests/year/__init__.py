"""A year as an office lives it: events drawn at random, beside a plain model of what must count."""
