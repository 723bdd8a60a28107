"""The rules of receivables: pure functions and frozen values."""
