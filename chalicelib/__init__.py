"""Saldo: accounts receivable on AWS serverless Python."""
