"""What the system does: one operation a file, no AWS and no HTTP."""
