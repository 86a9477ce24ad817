"""What somebody has, beside what they know."""
