"""Stand-ins for the payment providers: their APIs, their pages, their webhooks."""
