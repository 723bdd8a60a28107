"""Storage: one DynamoDB table."""
