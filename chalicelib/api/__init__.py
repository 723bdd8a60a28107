"""The HTTP edge: who asks, what they may say, what they hear back."""
